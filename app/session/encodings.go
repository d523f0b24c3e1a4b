package session

import "fonds/app/i18n"

// EncodingWords says where an encoding is met; "" of those that are seldom.
func EncodingWords(name string) string {
	switch name {
	case "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE":
		return i18n.T("importing.encoding.unicode")
	case "GB18030", "HZ-GB-2312":
		return i18n.T("importing.encoding.simplified")
	case "Big5":
		return i18n.T("importing.encoding.traditional")
	case "Shift_JIS", "EUC-JP", "ISO-2022-JP", "EUC-JISX0213", "Shift_JISX0213":
		return i18n.T("importing.encoding.japanese")
	case "EUC-KR", "ISO-2022-KR", "Johab":
		return i18n.T("importing.encoding.korean")
	case "windows-1251", "KOI8-R", "KOI8-U", "IBM866", "ISO-8859-5", "x-mac-cyrillic", "IBM855":
		return i18n.T("importing.encoding.cyrillic")
	case "windows-1252", "ISO-8859-15", "macintosh", "IBM850", "IBM437":
		return i18n.T("importing.encoding.western")
	}
	return ""
}

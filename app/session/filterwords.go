package session

import "fonds/app/i18n"

// FilterWords is what a filter is called.
func FilterWords(f Filter) string {
	switch f {
	case ToDo:
		return i18n.T("filter.todo")
	case InProgress:
		return i18n.T("filter.progress")
	case WithProposals:
		return i18n.T("filter.proposals")
	case Submitted:
		return i18n.T("filter.submitted")
	case Returned:
		return i18n.T("filter.returned")
	case Approved:
		return i18n.T("filter.approved")
	case Mine:
		return i18n.T("filter.mine")
	case Questions:
		return i18n.T("filter.questions")
	case Unassigned:
		return i18n.T("filter.unassigned")
	case Removed:
		return i18n.T("filter.removed")
	}
	return i18n.T("filter.all")
}

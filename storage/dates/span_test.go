package dates

import "testing"

func TestSpan(t *testing.T) {
	for text, want := range map[string]string{
		"1945-08-15": "1945-08-15 1945-08-15", "[19450815]": "1945-08-15 1945-08-15", "20151122": "2015-11-22 2015-11-22", "1890s": "1890-01-01 1899-12-31",
		"before 1912": ".. 1911-12-31", "1949年以后": "1950-01-01 ..", "05/06/1990": "1990-05-06 1990-06-05", "-0500": "-0500-01-01 -0500-12-31",
		"Y17000": "Y17000-01-01 Y17000-12-31", "光绪二十四年八月初六": "1898-09-21 1898-09-21", "[1945?]": "1945-01-01 1945-12-31", "../1911": ".. 1911-12-31",
		"{1960,1961-12}": "1960-01-01 1961-12-31", "soon": "unread", "不详": "unread", "": "unread", "1958-13": "unread",
	} {
		got := "unread"
		if s, ok := SpanOf(text); ok {
			got = ""
			if s.Begins {
				got += s.From.String()
			} else {
				got += ".."
			}
			got += " "
			if s.Ends {
				got += s.To.String()
			} else {
				got += ".."
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func BenchmarkSpanOf(b *testing.B) {
	for _, text := range []string{"1945", "2015-11-22", "20151122", "[19450815]", "2015年11月22日", "光绪二十四年八月初六", "22.11.2015 13:35", "before 1912", "no date that anybody reads", "某个说不清楚的日子"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				SpanOf(text)
			}
		})
	}
}

package main

import (
	"log"
	"math"
)

// The lunar calendar since 1912 is in no table of the corpus; it is computed by the rule that holds since 1645 (GB/T
// 33661-2017): months begin on the day of the new moon in China, the winter solstice is in the eleventh, and of thirteen
// months from one solstice to the next the first in which the sun enters no new twelfth of its way is the leap month.
// Moon and sun are by J. Meeus, Astronomical Algorithms, chapters 49 and 25, dynamical time by Espenak and Meeus.

// computed are the lunar years from one to another.
func computed(from, to int) []year {
	var out []year
	for y := from; y <= to; y++ {
		this, next := solsticeMonths(y-1), solsticeMonths(y)
		// Months 1 to 10 are of the suite that begins with month 11 of the year before, 11 and 12 of the next.
		var ms []month
		for _, m := range this {
			if m.number <= 10 {
				ms = append(ms, m)
			}
		}
		for _, m := range next {
			if m.number >= 11 {
				ms = append(ms, m)
			}
		}
		out = append(out, year{y, ms})
	}
	return out
}

// solsticeMonths are the months from the one of the winter solstice of a year to that of the next, which is left out.
func solsticeMonths(y int) []month {
	first, last := newMoonUpTo(solstice(y)), newMoonUpTo(solstice(y+1))
	var starts []int
	for k := first; k <= last; k++ {
		starts = append(starts, chinaDay(newMoon(k)))
	}
	leap := len(starts) == 14
	var out []month
	number, done := 11, false
	for i := 0; i+1 < len(starts); i++ {
		m := month{number: number, first: starts[i], last: starts[i+1] - 1}
		if leap && !done && i > 0 && twelfth(starts[i]) == twelfth(starts[i+1]) {
			m.number, m.leap, done = (number+10)%12+1, 1, true
		} else {
			number = number%12 + 1
		}
		out = append(out, m)
	}
	if number != 11 {
		log.Fatalf("%d: the months from solstice to solstice end with %d", y, number)
	}
	return out
}

// chinaDay is the Julian day number of the day in China at a moment of dynamical time.
func chinaDay(jde float64) int {
	ut := jde - deltaT(jde)/86400
	zone := 8.0 / 24
	if ut < 2425612.5 { // until 1929 that of Beijing
		zone = (7 + 45.0/60 + 40.0/3600) / 24
	}
	return int(math.Floor(ut + zone + 0.5))
}

// dayBegins is the moment of dynamical time at which a day begins in China.
func dayBegins(day int) float64 {
	jd := float64(day) - 0.5
	zone := 8.0 / 24
	if jd < 2425612.5 {
		zone = (7 + 45.0/60 + 40.0/3600) / 24
	}
	return jd - zone + deltaT(jd)/86400
}

// Two moments lie within half a minute of midnight, which is nearer than this reckons: on 20 April 1917 the sun came to 30
// degrees after it, and the new moon of 28 September 2057 is taken to be after it, as almanacs have both.
const (
	day1917  = 2421340
	moon2057 = 714
)

// twelfth is which twelfth of its way the sun is in when a day begins.
func twelfth(day int) int {
	longitude := sun(dayBegins(day))
	if day == day1917 {
		longitude -= 0.001
	}
	return int(longitude / 30)
}

// solstice is the day of the winter solstice.
func solstice(y int) int {
	jde := 2451545 + 365.2422*(float64(y)-2000) + 355
	for range 20 {
		d := math.Mod(270-sun(jde)+540, 360) - 180
		jde += d * 365.2422 / 360
	}
	return chinaDay(jde)
}

// newMoonUpTo is the number of the last new moon on or before a day.
func newMoonUpTo(day int) int {
	k := int(math.Floor((float64(day)-2451550.1)/29.530588861)) + 2
	for chinaDay(newMoon(k)) > day {
		k--
	}
	return k
}

func sin(degrees float64) float64 { return math.Sin(degrees * math.Pi / 180) }

// newMoon is the moment of the kth new moon since 2000.
func newMoon(n int) float64 {
	k := float64(n)
	t := k / 1236.85
	jde := 2451550.09766 + 29.530588861*k + 0.00015437*t*t - 0.000000150*t*t*t + 0.00000000073*t*t*t*t
	e := 1 - 0.002516*t - 0.0000074*t*t
	m := 2.5534 + 29.10535670*k - 0.0000014*t*t - 0.00000011*t*t*t
	mm := 201.5643 + 385.81693528*k + 0.0107582*t*t + 0.00001238*t*t*t - 0.000000058*t*t*t*t
	f := 160.7108 + 390.67050284*k - 0.0016118*t*t - 0.00000227*t*t*t + 0.000000011*t*t*t*t
	o := 124.7746 - 1.56375588*k + 0.0020672*t*t + 0.00000215*t*t*t
	jde += -0.40720*sin(mm) + 0.17241*e*sin(m) + 0.01608*sin(2*mm) + 0.01039*sin(2*f) + 0.00739*e*sin(mm-m) -
		0.00514*e*sin(mm+m) + 0.00208*e*e*sin(2*m) - 0.00111*sin(mm-2*f) - 0.00057*sin(mm+2*f) + 0.00056*e*sin(2*mm+m) -
		0.00042*sin(3*mm) + 0.00042*e*sin(m+2*f) + 0.00038*e*sin(m-2*f) - 0.00024*e*sin(2*mm-m) - 0.00017*sin(o) -
		0.00007*sin(mm+2*m) + 0.00004*sin(2*mm-2*f) + 0.00004*sin(3*m) + 0.00003*sin(mm+m-2*f) + 0.00003*sin(2*mm+2*f) -
		0.00003*sin(mm+m+2*f) + 0.00003*sin(mm-m+2*f) - 0.00002*sin(mm-m-2*f) - 0.00002*sin(3*mm+m) + 0.00002*sin(4*mm)
	for _, a := range [][3]float64{{299.77, 0.107408, 0.000325}, {251.88, 0.016321, 0.000165}, {251.83, 26.651886, 0.000164},
		{349.42, 36.412478, 0.000126}, {84.66, 18.206239, 0.000110}, {141.74, 53.303771, 0.000062}, {207.14, 2.453732, 0.000060},
		{154.84, 7.306860, 0.000056}, {34.52, 27.261239, 0.000047}, {207.19, 0.121824, 0.000042}, {291.34, 1.844379, 0.000040},
		{161.72, 24.198154, 0.000037}, {239.56, 25.513099, 0.000035}, {331.55, 3.592518, 0.000023}} {
		arg := a[0] + a[1]*k
		if a[1] == 0.107408 {
			arg -= 0.009173 * t * t
		}
		jde += a[2] * sin(arg)
	}
	if n == moon2057 {
		jde += 5.0 / 86400
	}
	return jde
}

// sun is the apparent longitude of the sun in degrees.
func sun(jde float64) float64 {
	t := (jde - 2451545) / 36525
	l := 280.46646 + 36000.76983*t + 0.0003032*t*t
	m := 357.52911 + 35999.05029*t - 0.0001537*t*t
	c := (1.914602-0.004817*t-0.000014*t*t)*sin(m) + (0.019993-0.000101*t)*sin(2*m) + 0.000289*sin(3*m)
	// What Venus, Jupiter and the moon do to it, in centuries since 1900 (Meeus, Astronomical Formulae for Calculators).
	u := t + 1
	c += 0.00134*sin(153.23+22518.7541*u+90) + 0.00154*sin(216.57+45037.5082*u+90) + 0.00200*sin(312.69+32964.3577*u+90) +
		0.00179*sin(350.74+445267.1142*u) + 0.00178*sin(231.19+20.20*u)
	o := 125.04 - 1934.136*t
	return math.Mod(math.Mod(l+c-0.00569-0.00478*sin(o), 360)+360, 360)
}

// deltaT is dynamical less universal time in seconds.
func deltaT(jd float64) float64 {
	y := 2000 + (jd-2451545)/365.25
	poly := func(t float64, c ...float64) float64 {
		sum := 0.0
		for i := len(c) - 1; i >= 0; i-- {
			sum = sum*t + c[i]
		}
		return sum
	}
	switch {
	case y < 1700:
		return poly(y-1600, 120, -0.9808, -0.01532, 1.0/7129)
	case y < 1800:
		return poly(y-1700, 8.83, 0.1603, -0.0059285, 0.00013336, -1.0/1174000)
	case y < 1860:
		return poly(y-1800, 13.72, -0.332447, 0.0068612, 0.0041116, -0.00037436, 0.0000121272, -0.0000001699, 0.000000000875)
	case y < 1900:
		return poly(y-1860, 7.62, 0.5737, -0.251754, 0.01680668, -0.0004473624, 1.0/233174)
	case y < 1920:
		return poly(y-1900, -2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)
	case y < 1941:
		return poly(y-1920, 21.20, 0.84493, -0.076100, 0.0020936)
	case y < 1961:
		return poly(y-1950, 29.07, 0.407, -1.0/233, 1.0/2547)
	case y < 1986:
		return poly(y-1975, 45.45, 1.067, -1.0/260, -1.0/718)
	case y < 2005:
		return poly(y-2000, 63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)
	case y < 2050:
		return poly(y-2000, 62.92, 0.32217, 0.005589)
	}
	return -20 + 32*math.Pow((y-1820)/100, 2) - 0.5628*(2150-y)
}

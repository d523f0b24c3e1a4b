package zones

// correspondence is letters and mails, and what quotes them, each of which is one document.
var correspondence = []single{
	{"letter with a quoted letter", false, `尊敬的王馆长：
来信收到。您在信中引用了家父一九四七年的一封信，全文如下：
“亲爱的妻：
我已平安到达，勿念。一路上承蒙照顾，身体尚好，孩子们要听话。
此致
敬礼
德生”
此信原件现存我处，愿意捐赠贵馆，请告知办理手续。
此致
敬礼
陈国栋
2014年5月6日`},
	{"letter with an enclosure", true, `Dear Mr Hale,

Thank you for your letter. I enclose a copy of what my grandfather wrote to the board, as you asked me to do.

Yours sincerely,
Margaret Oakes

Encl. copy of a letter

Dear Sirs,

I write to ask for the return of the registers, which were lent to the office in March and have not come back.

Yours faithfully,
Thomas Oakes`},
	{"letter with a postscript", false, `Dear Anna,

The boxes have come and all but two are dry. I shall begin with the maps tomorrow, when the light is better.

Yours ever,
Peter

P.S. Dear old Mrs Finch asks after you, and so do the rest of us here in the reading room.`},
	{"mail with a quoted mail", true, `From: Ida Berg <ida@example.org>
To: Tom Reed <tom@example.org>
Date: Mon, 3 Feb 2014 10:11:00 +0000
Subject: Re: deposit of the mill papers

Tom, that is fine with me. We can collect the boxes on Thursday, if the van is back from the workshop by then.

-----Original Message-----
From: Tom Reed
Sent: Sunday, 2 February 2014 20:40
To: Ida Berg
Subject: deposit of the mill papers

We have eleven boxes of papers from the mill and would like to give them to the archive before we move house.`},
	{"mail with a mail attached", false, `From: Ida Berg <ida@example.org>
To: Tom Reed <tom@example.org>
Date: Mon, 3 Feb 2014 10:11:00 +0000
Subject: what the mill wrote

Tom, this is what the mill wrote to me. We can collect the boxes on Thursday, if the van is back from the workshop.

Content-Type: message/rfc822
Content-Disposition: attachment

From: mill@example.org
To: ida@example.org
Date: Sun, 2 Feb 2014 10:11:00 +0000
Subject: boxes

We have eleven boxes of papers from the mill and would like to give them to the archive before we move house.`},
	{"mail with a chain below a rule", true, `发件人: 李芳
收件人: 张平
发送时间: 2015年3月2日
主题: 答复: 移交清单

清单已核对，第三页有两处需要更正，请按附件修改后重新发来。

发件人: 张平
收件人: 李芳
发送时间: 2015年3月1日
主题: 移交清单

现将移交清单发给你，请核对后尽快回复，以便安排车辆。`},
	{"report about mails", true, `Inquiry into the lost shipment
The committee has read the correspondence of the depot. One message is given here in full, since everything turns on it.
From: depot@example.org
To: office@example.org
Date: 4 May 2009
Subject: shipment

The lorry left at nine and nobody signed for the crates, which is against the rules that we all agreed on last year.
The committee finds that the depot acted in good faith.`},
	{"a story that quotes two letters", true, `The Oakes Letters
The two letters that follow were found behind the panelling of the board room, where they had lain for sixty years.

Dear Mr Hale,

I write to ask for the return of the registers, which were lent to the office in March and have not come back.

Yours faithfully,
Thomas Oakes

Dear Mr Oakes,

Thank you for your letter about the registers. One of them is damp, and I have put it by the stove to dry.

Yours faithfully,
Edward Hale

Nothing more is known of the registers, and the stove burnt down with the house in the winter after that.`},
}

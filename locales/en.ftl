# Every word that a user reads in English. No message says more than one thing.
# $form is the form that a count takes: one or other.

## The reply

headline-mark = 📰
figures = 🔢 Key figures
participants = 👥 In the story
quotations = 💬 Quotations
differences = ⚖️ Figures that differ
counts-killed = Killed
counts-injured = Injured
counts-missing = Missing
counts-aboard = Aboard
counts-money = Sum
pasted = pasted text
# $items The place of the article among the links of the message.
source-number = source { $items }
comma = ,
news = 🆕 New
rest = 📌 Summary
first-answer = ↩️ First summary
# $value is an old number that has changed.
was = before: { $value }
today = 🗓 Today in this chat
# $items The number of sources.
sources = { $form ->
    [one] { $items } source
   *[other] { $items } sources
}
organizations-mark = 🏛
countries-mark = 🌍
separator = ·
# $items is how many pieces of news a bulletin has.
bulletin = Bulletin: { $items } items
# $minutes is the reading time.
reading-time = { $minutes }-minute read
date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Buttons

button-shorter = ➖ Shorter
button-longer = ➕ Longer
button-facts = 🔢 Figures and participants
button-figures = 🔢 Figures
button-participants = 👥 Participants
button-rest = ➕ The rest
button-summary = 📰 Summary
button-source = 🔗 Source
button-share = ↗️ Share
button-sample = 📰 Try an article
button-read = 📰 Show the summary
button-retry = 🔄 Try again
reading = ⏳ Reading the article…
button-where = 🔎 Where?
# $name The source that is shown alone.
button-alone = 📰 { $name }
button-together = 🗂 All sources
button-where-next = 🔎 Next line
# $line is the number of the line, $lines how many there are.
where = Line { $line } of { $lines } stands here.
where-not-there = I cannot point to this line; I point only into a text that is still in one message as it was sent.
expired = This article is no longer kept; send it again and I will summarise it anew.
edit-failed = The message could not be changed; please try again in a moment.

## Commands

description =
    I summarise Arabic news in its own words: the main sentences, figures and participants, exactly as they stand in the article.
    Send the link of an article or paste its text, or add me to a group.
description-short = Any Arabic article in its own words: its main sentences, figures and participants.
command-start = What Mujaz does
command-help = How to use Mujaz
command-summary = Summarise the message you reply to, or a link
command-today = Today's stories in this chat, a line each
command-settings = Settings of this chat
command-privacy = What is kept, and for how long
command-forget = Delete what is kept about me

start =
    Welcome to Mujaz.
    Send the link of an Arabic article, or paste its text, and I reply with its main sentences, figures and participants, exactly as they stand in the article.
help =
    <b>How to use Mujaz</b>
    • Here: send a link to an article (up to five in a message; those that tell one story get one reply), paste its text, forward a channel post, or send a <code>.txt</code>, <code>.html</code>, <code>.docx</code> or <code>.pdf</code> file.
    • In groups: reply to a message with /summary, or write the command with a link. Administrators can let me answer every link: /settings.
help-guest = • In any group, even where I am no member: reply to a post with <code>@{ $bot }</code>.
help-inline = • In any chat: write <code>@{ $bot }</code> and the link.
help-more =
    • Buttons under each reply give a shorter or longer summary.
    • Today's stories in this chat, a line each: /today
    Settings: /settings, privacy: /privacy, delete your data: /forget
today-empty = I have summarised nothing in this chat since this morning.
today-again = The list of today was shown less than an hour ago.
summary-usage = Reply with /summary to a message that holds an article or a link, or write the link after the command.
greeting = Hello, I am Mujaz. Reply with /summary to any message that holds an Arabic article or its link, and I summarise it; otherwise I keep silent.
add-to-group = ➕ Add me to a group
talk-salam = And peace be upon you. Send the link of an Arabic article, or paste its text, and I summarise it.
talk-greeting = Hello. Send the link of an Arabic article, or paste its text, and I summarise it.
talk-thanks = You are welcome.
talk-who = I am Mujaz: I summarise Arabic news in its own words, and say nothing that the article does not. Send a link, or paste its text.
talk-question = I answer no questions; I summarise news. Send the link of an Arabic article, or paste its text.
nothing-to-read = Send the link of an Arabic article, or paste its text.
too-many-links = I read the first five links of a message only; send the others in another one.

## Privacy

privacy =
    <b>What is kept, and for how long</b>
    • The text and link of the article I summarised, so that the buttons work: for up to { $form ->
        [one] { $days } day
       *[other] { $days } days
    }.
    • Your Telegram ID and those of the chat and the message, with that article: for as long.
    • The settings of the chat: until you delete them or remove me.
    • In groups and channels, a fingerprint of the article I summarised, so that I do not repeat it: for one day.
    • Fingerprints of the article's words and names, and its figures, without text, to say what is new in a story and for the list of today: for two days.
    • How many requests you have left, and when you were last told: for an hour at most.
    • The numbers of each update from Telegram and of my answer to it, without text or chat, so that I do not answer twice: for two days.
    • No names and no other messages are kept, and your text is sent to no service: summaries are made here.
    To delete all of this now, except for the requests you have left: /forget
forgotten = Done: nothing about you is kept now.
forgotten-group = Done: nothing about this chat is kept now.

## Settings

settings = ⚙️ Settings of Mujaz in this chat
settings-admins = Settings are for administrators only.
settings-length = Length: { $value }
length-short = short
length-medium = medium
length-long = long
settings-figures = { $value } Key figures
settings-participants = { $value } People, bodies and countries
settings-digits = Digits: { $value }
digits-as-written = as written
digits-latin = 0-9
digits-arabic-indic = ٠-٩
settings-proof = { $value } Link each line to its place
settings-auto = { $value } Answer every link
settings-language = Language: { $value }
language-auto = as in Telegram
language-ar = العربية
language-en = English
on = ✅
off = ☐
settings-close = ✔️ Close
seen-before = I summarised this article earlier today: <a href="{ $link }">↩️ the summary</a>

## What cannot be done

refusal-empty = I found no text to summarise in this message.
refusal-too-short = The text is too short to need a summary; send the whole article or its link.
refusal-not-arabic = I summarise Arabic articles only.
refusal-paywall = This article is for subscribers; if you have its text, paste it here.
refusal-consent = The site asks for consent before it shows the article; copy its text and paste it here.
refusal-needs-script = This page shows its text in a browser only; copy the article’s text and paste it here.
refusal-bot-check = The site checks that visitors are not programs; copy the article’s text and paste it here.
refusal-not-found = The site does not have this article; please check the link.
refusal-no-article = I found no article on this page; send the article’s own link, or paste its text.
refusal-headlines = This is a list of headlines, not an article; send the link of the story you want, or paste its text.
refusal-scanned-pdf = The pages of this file are pictures without text; paste the article’s text here.
refusal-too-complex = This page is too large for me to read; copy the article’s text and paste it here.
refusal-unreadable = I could not read this page; copy the article’s text and paste it here.
no-summary = I found no sentences in this text that would make a summary.

fetch-unreachable = I could not reach the site; check the link, or paste the article’s text here.
fetch-timed-out = The site took too long to answer; try again later, or paste the article’s text here.
fetch-forbidden = The site refused the request; copy the article’s text and paste it here.
fetch-rate-limited = The site is busy; try again in a few minutes, or paste the article’s text here.
fetch-not-found = The site does not have this page; please check the link.
fetch-server-error = The site has a fault right now; please try again later.
fetch-private = This link leads into a private network, and I open public sites only; paste the article’s text here.
fetch-bad-address = This link is not valid; send one that starts with https://.
fetch-port = I open the usual ports of web sites only (80 and 443); paste the article’s text here.
fetch-redirects = The site redirects this link over and over; paste the article’s text here.
fetch-too-large = This page is too large for me to read; paste the article’s text here.
fetch-not-text = This link does not lead to a page with text; send the article’s own link.

file-too-large = The file is too large for me to read; paste the article’s text here.
file-unsupported = I read .txt, .html, .docx and .pdf files only.
file-unreadable = I could not read this file; paste the article’s text here.
file-undelivered = The file did not reach me whole; please try again in a moment.
busy = I am busy just now; please try again in a moment.
failed = I could not complete this request; please try again in a moment.

limit-person = You have sent many requests; please try again in { $form ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }.
limit-chat = There are many requests in this chat; please try again in { $form ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }.
limit-bot = There are many requests just now; please try again later.

## Inline, and as a guest

inline-continue = The link is long; continue in private
inline-not-ready = The article could not be shown here; continue in private
inline-busy = There are many requests just now; try again later
inline-expired = This article is no longer kept; send it again in private
inline-reading = ⏳ Reading the article: send this, and the summary will follow in it
inline-hint = Write the article’s link after the bot’s name
guest-usage = Reply with @{ $bot } to a post that holds an Arabic article or its link, or write the link after my name.

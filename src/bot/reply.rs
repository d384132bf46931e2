//! The messages that answer a request, with their buttons: everything but the sending. Pure.

use teloxide::payloads::SendMessage;
use teloxide::types::{
    ChatId, InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup, LinkPreviewOptions,
    MessageId, ParseMode, ReplyMarkup, ReplyParameters, SwitchInlineQueryChosenChat, ThreadId,
};

use super::press::{Press, View};
use super::request::{ChatKind, INLINE_CUT, Me, Notice, Place, SHARED};
use super::whereabouts;
use crate::article::Refusal;
use crate::brief::{Brief, Content};
use crate::fetch::FetchError;
use crate::fetch::address::Forbidden;
use crate::locale::{Language, Locale};
use crate::reply::{self, Parts, ReplyOptions, html};
use crate::service::Failure;
use crate::store::{AnswerId, ChatSettings, Subject};
use crate::story::Story;
use crate::summary::Length;

/// A reply shows the article already: no preview of its link.
pub const NO_PREVIEW: LinkPreviewOptions = LinkPreviewOptions {
    is_disabled: true,
    url: None,
    prefer_small_media: false,
    prefer_large_media: false,
    show_above_text: false,
};

/// The longest address that a button leads to, in bytes; Telegram refuses a message with one that is much longer.
const LONGEST_LINK: usize = 2000;

/// The language of the interface in a chat: the one it chose, else the person's own.
#[must_use]
pub fn language(settings: &ChatSettings, place: &Place) -> &'static Locale {
    Locale::of(settings.language.unwrap_or(place.language))
}

/// A brief as the chat wants to see it; `None` where nothing of it can be shown in one message.
#[must_use]
pub fn of_brief(brief: &Brief, view: View, settings: &ChatSettings, locale: &Locale) -> Option<String> {
    let parts = match view {
        View::Summary(_) => Parts { summary: true, ..facts(*settings) },
        View::Facts if settings.figures || settings.participants => facts(*settings),
        // An older button, where the chat wants neither any more.
        View::Facts => Parts { summary: false, ..Parts::default() },
    };
    let html = html::render(&reply::compose(brief, options(parts, *settings), locale), locale);
    (!html.is_empty()).then_some(html)
}

/// The same of a story: of one article with what is new in it, where the chat was told before, at the address `first`; of several together.
/// A chat that did not ask gets three lines of it.
#[must_use]
pub fn of_story(
    story: &Story,
    first: Option<String>,
    is_asked: bool,
    settings: &ChatSettings,
    locale: &Locale,
) -> Option<String> {
    let options = options(Parts { summary: true, ..facts(*settings) }, *settings);
    let whole = match (story.briefs.as_slice(), &story.news) {
        ([brief], Some(news)) => reply::news::compose(brief, news, first, options, locale),
        ([brief], None) => reply::compose(brief, options, locale),
        _ => reply::merged::compose(story, options, locale),
    };
    let html = html::render(&if is_asked { whole } else { reply::gist::of(whole, locale) }, locale);
    (!html.is_empty()).then_some(html)
}

/// What a chat wants beside summaries.
const fn facts(settings: ChatSettings) -> Parts {
    Parts { summary: false, figures: settings.figures, participants: settings.participants }
}

const fn options(parts: Parts, settings: ChatSettings) -> ReplyOptions {
    ReplyOptions { parts, digits: settings.digits, is_linked: settings.proof }
}

/// The buttons under a brief.
#[must_use]
pub fn buttons(
    id: &AnswerId,
    view: View,
    brief: &Brief,
    me: &Me,
    settings: &ChatSettings,
    locale: &Locale,
) -> InlineKeyboardMarkup {
    keyboard(rows(id, view, brief, me, *settings, locale), locale)
}

/// The same in a chat of the bot's: there it can point into the message that it hangs on, where all its lines stand in the `words` of that.
#[must_use]
pub fn chat_buttons(
    id: &AnswerId,
    view: View,
    brief: &Brief,
    me: &Me,
    settings: &ChatSettings,
    words: Option<&str>,
    locale: &Locale,
) -> InlineKeyboardMarkup {
    let [lengths, mut others] = rows(id, view, brief, me, *settings, locale);
    let is_held = |words: &str| whereabouts::can_point(brief, settings.figures, words);
    if settings.proof && matches!(view, View::Summary(_)) && words.is_some_and(is_held) {
        others.push(button("button-where", &Press::Where(id.clone(), view, 0), locale));
    }
    keyboard([lengths, others], locale)
}

/// The buttons to other lengths and to other chats, and those to other parts of an answer and to its source.
fn rows(
    id: &AnswerId,
    view: View,
    brief: &Brief,
    me: &Me,
    settings: ChatSettings,
    locale: &Locale,
) -> [Vec<InlineKeyboardButton>; 2] {
    let show = |key: &str, view| button(key, &Press::Show(id.clone(), view), locale);
    let (shorter, longer) = match view {
        // One piece of each item is one piece, at any length.
        _ if brief.content != Content::Story => (None, None),
        View::Summary(Length::Short) => (None, Some(Length::Medium)),
        View::Summary(Length::Medium) => (Some(Length::Short), Some(Length::Long)),
        View::Summary(Length::Long) => (Some(Length::Medium), None),
        View::Facts => (None, None),
    };
    let shorter = shorter.map(|length| show("button-shorter", View::Summary(length)));
    let longer = longer.map(|length| show("button-longer", View::Summary(length)));
    let other = match view {
        View::Facts => Some(show("button-summary", View::Summary(settings.length))),
        View::Summary(_) => facts_key(facts(settings).of(brief)).map(|key| show(key, View::Facts)),
    };
    let source = brief.article.url.clone().filter(|url| url.as_str().len() <= LONGEST_LINK);
    let source = source.map(|url| InlineKeyboardButton::url(locale.text("button-source"), url));
    let shared = me.inline.then(|| share(id, brief, locale));
    [shorter.into_iter().chain(longer).chain(shared).collect(), other.into_iter().chain(source).collect()]
}

/// What the button is called that shows these parts.
const fn facts_key(parts: Parts) -> Option<&'static str> {
    match (parts.figures, parts.participants) {
        (true, true) => Some("button-facts"),
        (true, false) => Some("button-figures"),
        (false, true) => Some("button-participants"),
        (false, false) => None,
    }
}

fn button(key: &str, press: &Press, locale: &Locale) -> InlineKeyboardButton {
    InlineKeyboardButton::callback(locale.text(key), press.data())
}

/// Rows as they are read: Telegram shows them from left to right in every language.
fn keyboard(
    rows: impl IntoIterator<Item = Vec<InlineKeyboardButton>>,
    locale: &Locale,
) -> InlineKeyboardMarkup {
    let mut rows: Vec<_> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    if locale.language() == Language::Arabic {
        for row in &mut rows {
            row.reverse();
        }
    }
    InlineKeyboardMarkup::new(rows)
}

/// The button under three lines of a story, whose answers are `ids`, that shows the rest.
#[must_use]
pub fn rest_button(ids: &[AnswerId], length: Length, locale: &Locale) -> Option<InlineKeyboardMarkup> {
    let press = match ids {
        [] => return None,
        [id] => Press::Show(id.clone(), View::Summary(length)),
        [id, ..] => Press::Together(id.clone()),
    };
    Some(InlineKeyboardMarkup::new([[button("button-rest", &press, locale)]]))
}

/// The buttons under a story of several articles, whose answers are `ids`: each of them alone, by the name of its source; and the one
/// that tells most of it to be shared.
#[must_use]
pub fn source_buttons(
    ids: &[AnswerId],
    story: &Story,
    me: &Me,
    length: Length,
    locale: &Locale,
) -> InlineKeyboardMarkup {
    let names = reply::merged::names(story, locale);
    let alone = |(id, name): (&AnswerId, &String)| {
        let label = locale.with("button-alone", &[("name", name)]);
        InlineKeyboardButton::callback(label, Press::Show(id.clone(), View::Summary(length)).data())
    };
    let alone: Vec<InlineKeyboardButton> = ids.iter().zip(&names).map(alone).collect();
    let fullest = story.merged.fullest;
    let shared = ids.get(fullest).zip(story.briefs.get(fullest)).filter(|_| me.inline);
    let shared = shared.map(|(id, brief)| vec![share(id, brief, locale)]);
    keyboard(alone.chunks(2).map(<[_]>::to_vec).chain(shared), locale)
}

/// The button under one article of a story that brings back all of them.
#[must_use]
pub fn together_button(id: &AnswerId, locale: &Locale) -> InlineKeyboardButton {
    InlineKeyboardButton::callback(locale.text("button-together"), Press::Together(id.clone()).data())
}

/// The button that gives the summary to another chat: there it is asked for inline, by the article's address where that is short enough
/// to be read, else by the answer's name.
fn share(id: &AnswerId, brief: &Brief, locale: &Locale) -> InlineKeyboardButton {
    let address = brief.article.url.as_ref().map(ToString::to_string);
    let query = address
        .filter(|address| address.chars().count() < INLINE_CUT)
        .unwrap_or_else(|| format!("{SHARED}{}", id.as_str()));
    let chosen = SwitchInlineQueryChosenChat {
        query: Some(query),
        allow_user_chats: true,
        allow_bot_chats: false,
        allow_group_chats: true,
        allow_channel_chats: true,
    };
    let kind = InlineKeyboardButtonKind::SwitchInlineQueryChosenChat(chosen);
    InlineKeyboardButton::new(locale.text("button-share"), kind)
}

/// The one button under a message of what is still to be read, or could not be read just now.
#[must_use]
pub fn read_button(id: &AnswerId, key: &str, length: Length, locale: &Locale) -> InlineKeyboardMarkup {
    let press = Press::Show(id.clone(), View::Summary(length));
    InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(locale.text(key), press.data())]])
}

/// What a person is told instead of a brief: one sentence.
#[must_use]
pub fn of_failure(failure: &Failure, locale: &Locale) -> String {
    html::say(locale, &html::escape(&locale.text(key_of(failure))))
}

/// The message of the locale files that tells a failure.
#[must_use]
pub fn key_of(failure: &Failure) -> &'static str {
    match failure {
        Failure::Refused(refusal) => of_refusal(*refusal),
        Failure::Fetch(error) => of_fetch(error),
        Failure::UnsupportedFile => "file-unsupported",
        Failure::UnreadableFile => "file-unreadable",
        Failure::Undelivered => "file-undelivered",
        Failure::TooLarge => "file-too-large",
        Failure::Busy => "busy",
        Failure::Broken => "failed",
    }
}

const fn of_refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => "refusal-empty",
        Refusal::TooShort => "refusal-too-short",
        Refusal::NotArabic => "refusal-not-arabic",
        Refusal::Paywall => "refusal-paywall",
        Refusal::Consent => "refusal-consent",
        Refusal::NeedsScript => "refusal-needs-script",
        Refusal::BotCheck => "refusal-bot-check",
        Refusal::NotFound => "refusal-not-found",
        Refusal::NoArticle => "refusal-no-article",
        Refusal::Headlines => "refusal-headlines",
        Refusal::ScannedPdf => "refusal-scanned-pdf",
        Refusal::TooComplex => "refusal-too-complex",
        Refusal::Unreadable => "refusal-unreadable",
    }
}

fn of_fetch(error: &FetchError) -> &'static str {
    match error {
        FetchError::Forbidden(Forbidden::Private) => "fetch-private",
        FetchError::Forbidden(Forbidden::Scheme) => "fetch-bad-address",
        FetchError::Forbidden(Forbidden::Port) => "fetch-port",
        FetchError::Unreachable(_) | FetchError::Interrupted(_) => "fetch-unreachable",
        FetchError::TimedOut | FetchError::Status(408 | 504) => "fetch-timed-out",
        FetchError::Status(404 | 410) => "fetch-not-found",
        FetchError::Status(429 | 503) => "fetch-rate-limited",
        FetchError::Status(500..) => "fetch-server-error",
        FetchError::Status(_) => "fetch-forbidden",
        FetchError::Redirects => "fetch-redirects",
        FetchError::TooLarge => "fetch-too-large",
        FetchError::NotPage(_) => "fetch-not-text",
        FetchError::Refused(refusal) => of_refusal(*refusal),
        FetchError::Busy => "busy",
        FetchError::Client(_) => "failed",
    }
}

/// A message of the locale files that needs nothing put into it.
#[must_use]
pub fn of_key(key: &str, locale: &Locale) -> String {
    html::say(locale, &locale.text(key))
}

/// What is said where a limit is used up, without markup.
#[must_use]
pub fn of_limit(subject: Subject, seconds: u64, locale: &Locale) -> String {
    match subject {
        Subject::Person(_) => locale.count("limit-person", "seconds", seconds),
        Subject::Chat(_) | Subject::Auto(_) => locale.count("limit-chat", "seconds", seconds),
        Subject::Inline | Subject::Bot => locale.text("limit-bot"),
    }
}

/// A link to the answer that the chat got for the same article earlier.
#[must_use]
pub fn of_earlier(link: &str, locale: &Locale) -> String {
    html::say(locale, &locale.with("seen-before", &[("link", &html::escape(link))]))
}

/// What a person is told who asked for it.
#[must_use]
pub fn of_notice(notice: Notice, days: u64, me: &Me, locale: &Locale) -> String {
    let text = match notice {
        Notice::Start => locale.text("start"),
        Notice::Help => help(me, locale),
        Notice::Privacy => locale.count("privacy", "days", days),
        Notice::SummaryUsage => locale.text("summary-usage"),
        Notice::NothingToRead => locale.text("nothing-to-read"),
        Notice::Talk(talk) => locale.text(talk.key()),
        Notice::BadLink => locale.text("fetch-bad-address"),
        Notice::Busy => locale.text("busy"),
    };
    html::say(locale, &text)
}

/// What the bot can do: of the ways to call it in chats that it is no member of, those that its owner has switched on.
fn help(me: &Me, locale: &Locale) -> String {
    let lines = [("help", true), ("help-guest", me.guest), ("help-inline", me.inline), ("help-more", true)];
    let lines = lines.into_iter().filter(|(_, shown)| *shown);
    lines.map(|(key, _)| locale.with(key, &[("bot", &me.username)])).collect::<Vec<_>>().join("\n")
}

/// What makes a message answer `other`; whether it is sent also where that is gone.
#[must_use]
pub fn answering(other: i32, in_any_case: bool) -> ReplyParameters {
    let mut answered = ReplyParameters::new(MessageId(other));
    answered.allow_sending_without_reply = in_any_case.then_some(true);
    answered
}

/// A message to `place` that answers the message which asked.
///
/// In a group it makes no sound, and is dropped by Telegram if the message which asked is gone; to a person it is sent
/// in any case.
pub fn message(place: &Place, html: String, buttons: Option<InlineKeyboardMarkup>) -> SendMessage {
    let mut message = SendMessage::new(ChatId(place.chat), html);
    message.parse_mode = Some(ParseMode::Html);
    message.link_preview_options = Some(NO_PREVIEW);
    message.message_thread_id = place.thread.map(|thread| ThreadId(MessageId(thread)));
    if place.message > 0 {
        message.reply_parameters = Some(answering(place.message, place.kind == ChatKind::Private));
    }
    message.disable_notification = (place.kind != ChatKind::Private).then_some(true);
    message.reply_markup = buttons.map(ReplyMarkup::InlineKeyboard);
    message
}

#[cfg(test)]
mod tests {
    use super::{buttons, rest_button};
    use crate::article::Article;
    use crate::bot::press::View;
    use crate::bot::request::Me;
    use crate::brief;
    use crate::locale::{Language, Locale};
    use crate::store::{AnswerId, ChatSettings};
    use crate::summary::{Budget, Length};

    fn shown(language: Language, view: View, body: &str) -> Vec<Vec<String>> {
        let article = Article {
            body: body.to_owned(),
            url: "https://nahda.example/a".parse().ok(),
            ..Article::default()
        };
        let brief = brief::read(article).compose(Budget::Length(Length::Medium));
        let me = Me { id: 1, username: "mujaz_bot".to_owned(), inline: true, guest: false };
        let id = AnswerId::parse("abcdefghijklmnop").expect("a sound name");
        let settings = ChatSettings::default();
        let keyboard = buttons(&id, view, &brief, &me, &settings, Locale::of(language)).inline_keyboard;
        keyboard.into_iter().map(|row| row.into_iter().map(|button| button.text).collect()).collect()
    }

    const SAMPLE: &str = include_str!("../../samples/water-conference.txt");

    #[test]
    fn rows_run_as_the_language_does() {
        let view = View::Summary(Length::Medium);
        assert_eq!(
            shown(Language::Arabic, view, SAMPLE),
            [vec!["↗️ شارك", "➕ أطول", "➖ أقصر"], vec!["🔗 المصدر", "🔢 الأرقام والأطراف"]]
        );
        assert_eq!(
            shown(Language::English, view, SAMPLE),
            [vec!["➖ Shorter", "➕ Longer", "↗️ Share"], vec!["🔢 Figures and participants", "🔗 Source"]]
        );
    }

    #[test]
    fn what_a_reply_has_not_no_button_names() {
        let view = View::Summary(Length::Short);
        let plain =
            "ازدهرت حقول القمح هذا الموسم بعد مطر غزير.\nوفرح المزارعون بما رأوه في حقولهم من سنابل عالية.";
        assert_eq!(shown(Language::English, view, plain)[1], ["🔗 Source"]);
        let with_figures =
            format!("{plain}\nوبيع المحصول كله بسعر بلغ 250 مليون دولار في الأسبوع الأول من الموسم.");
        assert_eq!(shown(Language::English, view, &with_figures)[1], ["🔢 Figures", "🔗 Source"]);
    }

    #[test]
    fn three_lines_have_one_button() {
        let id = AnswerId::parse("abcdefghijklmnop").expect("a sound name");
        let button = |ids: &[AnswerId]| {
            let keyboard = rest_button(ids, Length::Medium, Locale::of(Language::English))?;
            let data = serde_json::to_value(&keyboard.inline_keyboard[0][0]).ok()?;
            data["callback_data"].as_str().map(str::to_owned)
        };
        assert_eq!(button(&[]), None);
        assert_eq!(button(std::slice::from_ref(&id)).as_deref(), Some("show:abcdefghijklmnop:m"));
        assert_eq!(button(&[id.clone(), id]).as_deref(), Some("together:abcdefghijklmnop"));
    }
}

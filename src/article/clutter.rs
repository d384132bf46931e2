//! Clutter: the lines around an article that are not part of it, for pages and pasted text alike.
//!
//! The words are in `data/clutter.txt`; this file says what follows from each kind. A line of the
//! article must never be lost for opening like clutter («شارك الوزير في القمة.»), so all but the most
//! certain phrases are clutter only in a line that is short or unfinished.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::line::{self, Word};
use crate::text::lexicon::WordClass;

/// What kind of clutter a line is, which says what becomes of the lines after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clutter {
    /// The line alone: a share bar, a date, tags, a caption, a link to another article.
    Line,
    /// A heading («مقالات ذات صلة»): the lines under it are links to other articles.
    Links,
    /// The end of the article («اترك تعليقاً»): nothing below it belongs to it.
    End,
    /// What an app puts above a message of a chat («تم التحويل من قناة الساحل»): what follows is a message of its own.
    Message,
}

/// A line that opens like clutter is kept from this many words on, unless it is certain.
const LONG: usize = 16;
/// A line of known words (share bars, dates) has no more words than this.
const BAR: usize = 16;
/// A line of this many words holds more than a notice, whatever notice it holds: some pastes are one line.
const WHOLE_ARTICLE: usize = 80;
/// A line of this many words is not written twice on purpose; shorter ones are («المكونات:»).
const REPEATED: usize = 10;
/// A formula may be followed by so many words of its own: «السلام عليكم ورحمة الله وبركاته».
const FORMULA_REST: usize = 3;
/// An invitation to follow a channel has no more words than this.
const INVITATION: usize = 30;
/// A finished sentence of this many words is not a label.
const SENTENCE: usize = 8;

/// What kind of clutter `line` is; `None` for a line of an article.
#[must_use]
pub fn classify(line: &str) -> Option<Clutter> {
    let line = line::without_ornament(line);
    let words = line::words(line);
    if words.is_empty() || is_address(line) {
        return Some(Clutter::Line);
    }
    opening(line, &words)
        .or_else(|| (is_bar(&words) || is_signature(line, &words) || holds(&words)).then_some(Clutter::Line))
}

/// Drops clutter, what hangs on it, every repetition of `headline`, and long lines that were there before.
///
/// `text` gives the line of an item.
#[must_use]
pub fn clean<T>(items: impl IntoIterator<Item = T>, text: impl Fn(&T) -> &str, headline: &str) -> Vec<T> {
    let headline = line::key(headline);
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    let mut among_links = false;
    for item in items {
        let line = text(&item);
        match classify(line) {
            Some(Clutter::End) if !kept.is_empty() => break,
            Some(Clutter::Links) => among_links = true,
            Some(_) => {}
            None if among_links && !line::is_paragraph(line) => {}
            None => {
                among_links = false;
                let key = line::key(line);
                let long = key.split(' ').count() >= REPEATED;
                if !repeats(&key, &headline, line) && (!long || seen.insert(key)) {
                    kept.push(item);
                }
            }
        }
    }
    kept
}

/// Whether a line reads as the headline: the same words, or the headline with the site's name
/// behind it, or a cut headline. `key` and `headline` are the keys of the two.
pub(super) fn repeats(key: &str, headline: &str, line: &str) -> bool {
    if headline.is_empty() || key.is_empty() {
        return false;
    }
    let unsuffixed =
        || line.rsplit_once(['|', '-', '–', '—']).is_some_and(|(title, _)| line::key(title) == headline);
    if key == headline || unsuffixed() {
        return true;
    }
    let (short, long) = if key.len() < headline.len() { (key, headline) } else { (headline, key) };
    long.starts_with(short) && short.len() * 10 > long.len() * 7 && !line::ends_sentence(line)
}

/// The kinds of phrases in `data/clutter.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Related,
    End,
    Opens,
    Label,
    Always,
    Anywhere,
    Formula,
    Message,
    Notice,
    Invites,
}

#[derive(Default)]
struct List {
    /// By first word: the other words of the phrase and its kind, longest phrase first.
    phrases: HashMap<String, Vec<(Vec<String>, Kind)>>,
    /// The words that share bars, dates and category lines are made of.
    words: HashSet<String>,
    /// The names of channels that readers are invited to, and words of whose they are.
    channels: HashSet<String>,
    ours: HashSet<String>,
}

static LIST: LazyLock<List> = LazyLock::new(|| read(include_str!("../../data/clutter.txt")));

fn read(data: &str) -> List {
    let mut list = List::default();
    let (mut kind, mut section) = (None, "");
    for entry in data.lines().filter(|entry| !entry.is_empty() && !entry.starts_with('#')) {
        if let Some(name) = entry.strip_prefix('[') {
            section = name.trim_end_matches(']');
            kind = match section {
                "related" => Some(Kind::Related),
                "end" => Some(Kind::End),
                "opens" => Some(Kind::Opens),
                "label" => Some(Kind::Label),
                "always" => Some(Kind::Always),
                "anywhere" => Some(Kind::Anywhere),
                "formula" => Some(Kind::Formula),
                "message" => Some(Kind::Message),
                "notice" => Some(Kind::Notice),
                "invites" => Some(Kind::Invites),
                _ => None,
            };
            continue;
        }
        let mut words = line::words(entry).into_iter().map(|word| word.key);
        match kind {
            None if section == "channels" => list.channels.extend(words),
            None if section == "ours" => list.ours.extend(words),
            None => list.words.extend(words),
            Some(kind) => {
                if let Some(first) = words.next() {
                    list.phrases.entry(first).or_default().push((words.collect(), kind));
                }
            }
        }
    }
    for phrases in list.phrases.values_mut() {
        phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    list
}

/// What the phrase that `line` opens with makes of it.
fn opening(line: &str, words: &[Word]) -> Option<Clutter> {
    let (first, rest) = words.split_first()?;
    LIST.phrases.get(&first.key)?.iter().find_map(|(phrase, kind)| {
        let opens = rest.len() >= phrase.len() && rest.iter().zip(phrase).all(|(word, key)| word.key == *key);
        opens.then(|| consequence(line, words, 1 + phrase.len(), *kind)).flatten()
    })
}

/// Whether a phrase that makes any paragraph clutter stands somewhere in it.
fn holds(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        LIST.phrases.get(&word.key).is_some_and(|phrases| {
            let rest = words[at + 1..].iter().map(|word| word.key.as_str());
            phrases.iter().any(|(phrase, kind)| {
                *kind == Kind::Anywhere
                    && words.len() < WHOLE_ARTICLE
                    && rest.clone().take(phrase.len()).eq(phrase.iter().map(String::as_str))
            })
        })
    })
}

/// What follows for `line` from its first `matched` words being a phrase of `kind`.
fn consequence(line: &str, words: &[Word], matched: usize, kind: Kind) -> Option<Clutter> {
    let after = line[words[matched - 1].end..].trim_start();
    let more = words.len() - matched;
    let labelled =
        after.starts_with([':', '：', '|', '/', '\\', '>', '»', '›', '←', '.', '…', '،', ',', '-', '–', '—']);
    let finished = line::ends_sentence(line);
    match kind {
        Kind::Always | Kind::Anywhere => (words.len() < WHOLE_ARTICLE).then_some(Clutter::Line),
        Kind::End => (more == 0 || is_bar(&words[matched..])).then_some(Clutter::End),
        // «مقالات ذات صلة» is a heading; «شاهد أيضاً: عنوان» is the link itself.
        Kind::Related if more == 0 => Some(Clutter::Links),
        Kind::Related
            if after.starts_with([':', '：', '|', '>', '»', '›', '-', '–', '—', '"', '«', '“', '.', '…']) =>
        {
            Some(Clutter::Line)
        }
        // «اقرأ المزيد على النهضة: عنوان».
        Kind::Related
            if words[..words.len().min(matched + 3)].iter().any(|word| line[word.end..].starts_with(':')) =>
        {
            Some(Clutter::Line)
        }
        Kind::Related if more <= 2 && !finished => Some(Clutter::Links),
        Kind::Related => (words.len() < LONG && !finished).then_some(Clutter::Line),
        // «بسم الله الرحمن الرحيم»; what is told behind it stays.
        Kind::Formula => (more <= FORMULA_REST).then_some(Clutter::Line),
        Kind::Message => (words.len() < LONG && !finished).then_some(Clutter::Message),
        Kind::Notice => {
            (more == 0 || after.starts_with([':', '：', '|', '-', '–', '.', '…'])).then_some(Clutter::Line)
        }
        Kind::Invites => (words.len() <= INVITATION && invites(words, matched)).then_some(Clutter::Line),
        Kind::Opens => (more == 0 || (words.len() < LONG && !finished)).then_some(Clutter::Line),
        Kind::Label => {
            (more == 0 || (labelled && (!finished || words.len() < SENTENCE))).then_some(Clutter::Line)
        }
    }
}

/// Whether `text` says when a message was sent: «11:45 ص، 2026/2/21».
pub(super) fn is_stamp(text: &str) -> bool {
    let words = line::words(text);
    let numbers = words.iter().filter(|word| word.key.starts_with(|c: char| c.is_ascii_digit())).count();
    text.contains(':') && numbers >= 4 && is_bar(&words)
}

/// Whether `line` opens with a formula of greeting, praise or mourning, whatever follows.
pub(super) fn opens_with_formula(line: &str) -> bool {
    let words = line::words(line::without_ornament(line));
    let Some((first, rest)) = words.split_first() else { return false };
    LIST.phrases.get(&first.key).is_some_and(|phrases| {
        let mut formulas = phrases.iter().filter(|(_, kind)| *kind == Kind::Formula);
        formulas.any(|(phrase, _)| {
            rest.len() >= phrase.len() && rest.iter().zip(phrase).all(|(word, key)| word.key == *key)
        })
    })
}

/// Whether `words`, of which the first `matched` call on the reader, name a channel to follow.
fn invites(words: &[Word], matched: usize) -> bool {
    let calls = !WordClass::InvitingPast.contains(&words[0].key);
    words[matched..].iter().any(|word| {
        let joined = word.key.strip_prefix('و').unwrap_or_default();
        let among = |names: &HashSet<String>| names.contains(&word.key) || names.contains(joined);
        among(&LIST.ours) || (calls && among(&LIST.channels))
    })
}

/// Whether a line is who wrote it, in letters, and for whom («ج.ص/ ع.ج (رويترز، أ ف ب)»), or the signature of an embedded post.
fn is_signature(line: &str, words: &[Word]) -> bool {
    const LETTERS: usize = 12;

    let post = line.starts_with(['—', '–', '-']) && line.contains("(@");
    let letters = |word: &Word| word.key.chars().all(char::is_alphabetic) && word.key.chars().count() <= 2;
    let initials = words.len() <= LETTERS
        && line.contains(['/', '.', '(', '-'])
        && !line.contains(':')
        && words.iter().all(|word| letters(word) || WordClass::SignatureAgency.contains(&word.key))
        && words
            .iter()
            .any(|word| word.key.chars().count() < 2 || WordClass::SignatureAgency.contains(&word.key));
    (post && words.len() <= BAR) || initials
}

/// Whether `words` are a share bar, a date, counters or a category line: known words and numbers only.
fn is_bar(words: &[Word]) -> bool {
    words.len() <= BAR
        && words.iter().all(|word| word.key.starts_with(|c: char| c.is_ascii_digit()) || is_known(&word.key))
}

/// Whether `key` is one of the list's words, or two of them glued as pasted menus glue them
/// («العالمسلايد», from «العالم» and «سلايد»).
fn is_known(key: &str) -> bool {
    /// Bytes of two long words.
    const GLUED: usize = 64;

    LIST.words.contains(key)
        || key.strip_prefix('و').is_some_and(|rest| LIST.words.contains(rest))
        || key.len() <= GLUED
            && key.char_indices().skip(3).any(|(at, _)| {
                let (left, right) = key.split_at(at);
                right.chars().count() > 2 && LIST.words.contains(left) && LIST.words.contains(right)
            })
}

/// Whether `line` holds nothing but addresses, handles and hashtags.
fn is_address(line: &str) -> bool {
    line.split_whitespace().all(|part| {
        part.starts_with("http://")
            || part.starts_with("https://")
            || part.starts_with("www.")
            || part.starts_with("t.me/")
            || part.starts_with("pic.twitter.com/")
            || part.starts_with('@')
            || part.starts_with('#')
            || !part.contains(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::{Clutter, classify, clean};

    #[track_caller]
    fn check(line: &str, expected: Option<Clutter>) {
        assert_eq!(classify(line), expected, "{line}");
    }

    #[test]
    fn links_to_other_articles() {
        check("شاهد أيضاً : قصة الملك الذي باع تاجه", Some(Clutter::Line));
        check("مواضيع ذات صِلة : مؤتمر المناخ ينطلق غداً", Some(Clutter::Line));
        check("مقالات ذات صلة", Some(Clutter::Links));
        check("اقرأ أيضًا:", Some(Clutter::Links));
        check("◄ اقرأ أيضاً..", Some(Clutter::Links));
        check("المزيد في الشرق الأوسط", Some(Clutter::Links));
        check("اقرأ أيضا وزير المالية يلتقي نظيره", Some(Clutter::Line));
    }

    #[test]
    fn furniture() {
        for line in ["زر الذهاب إلى الأعلى", "اترك تعليقاً", "التعليقات (0)", "جميع الحقوق محفوظة 2024"]
        {
            check(line, Some(Clutter::End));
        }
        for line in [
            "اخبار العالمسلايد رئيسي",
            "فيسبوك تويتر واتساب",
            "3 دقائق للقراءة",
            "دقيقة واحدة",
            "منذ 3 ساعات",
            "الأربعاء، 07 أكتوبر 2020 03:12 م",
            "آخر تحديث: الثلاثاء 3 مارس 2020",
            "انسخ الرابط",
            "الوسوم: سوريا، روما، التحالف",
            "المصدر: وكالات",
            "كتب: سالم الهادي",
            "الرئيسية / أخبار / سوريا",
            "https://example.com/x",
            "#سوريا #روما",
            "* * *",
            "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
            "صورة أرشيفية لاجتماع سابق في المدينة نفسها",
        ] {
            check(line, Some(Clutter::Line));
        }
    }

    #[test]
    fn notices_invitations_and_signatures() {
        for line in [
            "تابعوا المرسى على Google News لمعرفة آخر الأخبار العاجلة.",
            "انضم إلى أكثر من 100 ألف متابع على صفحتنا في فيسبوك ليصلك كل جديد.",
            "اشتركوا في قناة النهضة على واتساب للحصول على الأخبار لحظة بلحظة.",
            "تنويه: صُحح اسم المدينة في الفقرة الثالثة من هذا الخبر بعد نشره.",
            "للمزيد: وزير المالية يشرح الموازنة في أول حوار له.",
            "تم تحديث هذا الخبر بإضافة بيان الوزارة.",
            "ج.ص/ ع.ج (رويترز، أ ف ب)",
            "(م ع/ أ ح)",
            "(رويترز)",
            "انضم إلى 2 مليون متابع على تويتر",
            "اقرأ المزيد على النهضة: أسعار التمور ترتفع قبل رمضان.",
            "pic.twitter.com/abc",
            "— وزارة الطاقة (@moe) March 5, 2024",
            "list 1 of 3",
            "Author, هدى الكندي",
            "تخطى قصص مقترحة وواصل القراءة",
        ] {
            check(line, Some(Clutter::Line));
        }
        for line in [
            "انضم إلى إنستغرام خمسة ملايين مستخدم جديد في الشهر الماضي بحسب الشركة.",
            "تابع الوزير سير العمل في الميناء وزار مجمع الحاويات في الجزيرة.",
            "تصحيح المسار الاقتصادي يحتاج إلى خمس سنوات بحسب البنك المركزي.",
            "تخطى عدد المصابين ألفاً في المدينة خلال أسبوع واحد فقط.",
            "ما هو؟",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn sentences_that_open_like_clutter_are_kept() {
        for line in [
            "شارك وزير الخارجية في الاجتماع الذي عقد في العاصمة.",
            "تحرير المدينة من قبضة المسلحين استغرق ثلاثة أشهر",
            "كتب الوزير على حسابه أن المحادثات انتهت.",
            "المصدر الذي رفض ذكر اسمه قال إن المفاوضات مستمرة.",
            "إعلان حالة الطوارئ في العاصمة",
            "مشاركة واسعة في الانتخابات المحلية بالبلدات الجنوبية",
            "آخر تحديث للبيانات أظهر أن عدد المصابين تجاوز ألفاً في المدينة خلال أسبوع واحد فقط.",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn a_columnist_speaks_for_themselves() {
        for line in [
            "هذا المقال بقلم سالم الهادي، كاتب وباحث، والآراء الواردة أدناه تعبر عن رأيه ولا تعكس بالضرورة وجهة نظر الشبكة.",
            "المقال يعبر عن رأي كاتبه ولا يعكس بالضرورة رأي الموقع.",
            "سالم الهادي باحث في الاقتصاد. الآراء الواردة في هذا المقال تعكس وجهة نظره ولا تعبر بالضرورة عن رأي الشبكة.",
            "نشر هذا المقال بالتعاون مع موقع الوظائف الجديد",
        ] {
            check(line, Some(Clutter::Line));
        }
        check("قال الوزير إن هذا المقال بقلم كاتب مجهول لا يغير شيئاً في الموازنة.", None);
        let article = "وافق مجلس النواب على الموازنة في جلسة طويلة. ".repeat(12);
        check(&format!("هذا المقال بقلم سالم الهادي. {article}"), None);
    }

    #[test]
    fn what_hangs_on_clutter_goes_with_it() {
        let lines = [
            "الحكومة تقر الموازنة",
            "أقرت الحكومة الموازنة العامة للعام المقبل في جلسة طويلة عقدت اليوم.",
            "اقرأ أيضاً",
            "البنك المركزي يرفع الفائدة",
            "هل ترتفع الأسعار؟",
            "وقال رئيس الوزراء إن الموازنة تخفض العجز إلى النصف.",
            "الحكومة تقر الموازنة - صحيفة النهضة",
            "زر الذهاب إلى الأعلى",
            "وقالت صحيفة أخرى إن الموازنة لا تخفض شيئاً من العجز.",
        ];
        assert_eq!(clean(lines, |line| *line, "الحكومة تقر الموازنة"), [lines[1], lines[5]]);
    }
}

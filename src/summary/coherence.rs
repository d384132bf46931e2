//! Coherence: which sentence leans on another and cannot be shown without it.
//!
//! «وأضاف أن…» needs its speaker, «لكنه…» its contrast, «ويأتي هذا القرار…» its decision, and half a
//! quotation the other half. What a trim takes away («من جانبه، قال الوزير») no longer leans.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::trim::{self, Trim};
use crate::text::phrase::{PhraseTable, folded};
use crate::text::speech::{Speech, is_complementizer, lacks_speaker, verb_of_saying};
use crate::text::{Document, Token, TokenKind};

/// Why a sentence leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// It opens with a link to what stands before: «لكن…», «إلا أن…», «كما أنه…», «ومع ذلك…».
    Connective,
    /// It goes on with a speech: «وأضاف أن…», «وتابع الوزير…».
    Continuation,
    /// A verb of saying without its subject: «وقال إن…», «وأشار في بيان إلى…».
    Speaker,
    /// It opens with a pronoun: «وهو…», «ولديه…», «إنها…».
    Pronoun,
    /// It opens on «هذا», «ذلك» and their like: «ويأتي هذا القرار…».
    Demonstrative,
    /// It names its speaker by a short definite word: «وقال المصدر إن…», «وأوضح المتحدث أن…».
    Reference,
    /// It introduces what follows: «وفيما يلي أبرز المحطات:».
    Introduction,
    /// A quotation begins or ends in it that ends or begins in another sentence.
    Quotation,
    /// It holds a quotation mark that has no partner anywhere: nothing mends it.
    Unbalanced,
}

/// What a sentence leans on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lean {
    /// Why.
    pub cause: Cause,
    /// The sentences that must be shown together, this one among them. Holds this one alone where
    /// nothing can mend it ([`Cause::Unbalanced`], or a link at the very beginning of the text).
    pub with: Range<usize>,
}

impl Lean {
    /// Whether the other sentences of [`Lean::with`] mend it.
    #[must_use]
    pub fn can_be_mended(&self) -> bool {
        self.with.len() > 1
    }
}

/// For each sentence of `document`, what it leans on; `None` where it stands by itself. Linear.
#[must_use]
pub fn leans(document: &Document) -> Vec<Option<Lean>> {
    let count = document.sentences().len();
    let halves = half_quotations(document);
    let mut leans = Vec::with_capacity(count);
    for (index, half) in halves.into_iter().enumerate() {
        leans.push(lean(document, index, half));
    }
    leans
}

fn lean(document: &Document, index: usize, half: Option<Range<usize>>) -> Option<Lean> {
    if let Some(with) = half {
        return Some(Lean { cause: Cause::Quotation, with });
    }
    let (_, trims) = trim::trim_with_kinds(document, index);
    if !document.unpaired_marks(index).is_empty() && !trims.contains(&Trim::StrayMark) {
        return Some(Lean { cause: Cause::Unbalanced, with: index..index + 1 });
    }
    let tokens = trim::remaining_tokens(document, index);
    if let Some(cause) = opening(tokens) {
        return Some(Lean { cause, with: index.saturating_sub(1)..index + 1 });
    }
    let last = document.tokens_of(&document.sentences()[index]).last();
    if last.is_some_and(|token| token.is_mark(':')) {
        let end = (index + 2).min(document.sentences().len());
        return Some(Lean { cause: Cause::Introduction, with: index..end });
    }
    None
}

/// For each sentence, the sentences over which one of its quotations runs.
fn half_quotations(document: &Document) -> Vec<Option<Range<usize>>> {
    let mut together: Vec<Range<usize>> = Vec::new();
    for pair in document.quotations() {
        let (Some(first), Some(last)) =
            (document.sentence_at(pair.start), document.sentence_at(pair.end - 1))
        else {
            continue;
        };
        if first == last {
            continue;
        }
        // Pairs come by their start, so ranges that share a sentence follow each other.
        match together.last_mut() {
            Some(range) if first < range.end => range.end = range.end.max(last + 1),
            _ => together.push(first..last + 1),
        }
    }
    let mut halves = vec![None; document.sentences().len()];
    for range in together {
        halves[range.clone()].fill(Some(range));
    }
    halves
}

/// Links to what stands before. «و» in front is allowed; «ف» is written out.
const CONNECTIVES: &[&str] = &[
    "لكن",
    "لكنه",
    "لكنها",
    "لكنهم",
    "لكنهما",
    "لكنني",
    "لكننا",
    "إلا أن",
    "إلا أنه",
    "إلا أنها",
    "إلا أنهم",
    "غير أن",
    "غير أنه",
    "غير أنها",
    "بيد أن",
    "بيد أنه",
    "بيد أنها",
    "بل",
    "ثم",
    "إذ",
    "حيث",
    "بينما",
    "في حين",
    "فيما",
    "لذلك",
    "لذا",
    "لهذا",
    "بذلك",
    "بهذا",
    "بهذه",
    "بالتالي",
    "من ثم",
    "مع ذلك",
    "رغم ذلك",
    "على الرغم من ذلك",
    "بالرغم من ذلك",
    "رغم هذا",
    "مع هذا",
    "على أي حال",
    "على أية حال",
    "في المقابل",
    "بالمقابل",
    "على العكس",
    "على النقيض",
    "بالعكس",
    "كما",
    "كما أن",
    "كما أنه",
    "كما أنها",
    "كذلك",
    "أيضا",
    "بعدها",
    "بعده",
    "قبلها",
    "عندها",
    "حينها",
    "حينئذ",
    "عندئذ",
    "بعدئذ",
    "آنذاك",
    "وقتها",
    "يومها",
    "عليه",
    "بناء عليه",
    "نتيجة لذلك",
    "نتيجة ذلك",
    "تبعا لذلك",
    "ردا على ذلك",
    "أما",
    "من جانبه",
    "من جانبها",
    "من جانبهم",
    "من جهته",
    "من جهتها",
    "من جهتهم",
    "من ناحيته",
    "من ناحيتها",
    "بدوره",
    "بدورها",
    "بدورهم",
    "في السياق",
    "في السياق نفسه",
    "في السياق ذاته",
    "في سياق متصل",
    "في سياق آخر",
    "في هذا السياق",
    "في هذا الإطار",
    "في هذا الصدد",
    "إلى ذلك",
    "في غضون ذلك",
    "في الأثناء",
    "في هذه الأثناء",
    "من جهة أخرى",
    "من ناحية أخرى",
    "من جانب آخر",
    "على صعيد آخر",
    "في الوقت نفسه",
    "في الوقت ذاته",
    "في نفس الوقت",
    "علاوة على ذلك",
    "فضلا عن ذلك",
    "إضافة إلى ذلك",
    "بالإضافة إلى ذلك",
    "إلى جانب ذلك",
    "أكثر من ذلك",
    "الأهم من ذلك",
    "على سبيل المثال",
    "فعلى سبيل المثال",
    "فمثلا",
    "مثلا",
    "نعم",
    "كلا",
    "بدلا من ذلك",
    "بعد ذلك",
    "قبل ذلك",
    "ذلك أن",
    "ذلك لأن",
    "لأن",
    "لأنه",
    "لأنها",
    "وإلا",
    "فقد",
    "ففي",
    "فإن",
    "فإنه",
    "فإنها",
    "فلا",
    "فلم",
    "فهو",
    "فهي",
    "فمن",
    "فكان",
    "فكانت",
    "فهذا",
    "فهذه",
    "فإذا",
    "فهل",
    "فلماذا",
    "فيما بعد",
    "في اليوم التالي",
    "التفاصيل",
    "مما",
    "الأمر الذي",
    "ما أدى",
    "ناهيك عن",
    "سواء",
];

/// Phrases that begin like a link and are none.
const NO_CONNECTIVES: &[&str] = &["فيما يتعلق", "فيما يخص", "في حين أن", "كما كان متوقعا"];

/// Pronouns, and prepositions with a pronoun, that open a sentence.
const PRONOUNS: &[&str] = &[
    "هو",
    "هي",
    "هم",
    "هما",
    "هن",
    "إنه",
    "إنها",
    "إنهم",
    "إنهما",
    "له",
    "لها",
    "لهم",
    "لديه",
    "لديها",
    "لديهم",
    "منه",
    "منها",
    "منهم",
    "بينهم",
    "بينها",
    "من بينهم",
    "من بينها",
    "من بينهما",
    "فيه",
    "فيها",
    "عنه",
    "عنها",
    "معه",
    "معها",
    "عليها",
    "إليه",
    "إليها",
    "أنه",
    "أنها",
    "كان قد",
    "كانت قد",
    "كانوا",
    "كان من بينهم",
    "من هؤلاء",
    "من خلاله",
    "من خلالها",
    "بسببه",
    "بسببها",
    "كلاهما",
    "كلتاهما",
    "بعضهم",
    "بعضها",
    "معظمهم",
    "معظمها",
    "جميعهم",
    "أحدهم",
    "آخرون",
];

const DEMONSTRATIVES: &[&str] = &[
    "هذا",
    "هذه",
    "ذلك",
    "تلك",
    "هؤلاء",
    "هذان",
    "هذين",
    "هاتان",
    "هاتين",
    "أولئك",
    "بهذا",
    "بهذه",
    "لهذا",
    "لهذه",
    "لذلك",
    "بذلك",
    "لتلك",
    "بتلك",
    "كذلك",
];

/// Times that a demonstrative points at from the day of writing: «هذا العام».
const TIMES: &[&str] = &[
    "العام",
    "السنة",
    "الشهر",
    "الأسبوع",
    "اليوم",
    "الصيف",
    "الشتاء",
    "الربيع",
    "الخريف",
    "الموسم",
    "الليلة",
    "المرة",
    "الأيام",
    "الصباح",
    "المساء",
    "القرن",
    "الساعة",
    "اللحظة",
    "المرحلة",
    "الفترة",
    "الظروف",
    "الحياة",
    "العالم",
];

/// Definite words that stand for somebody named before: «المصدر», «المتحدث», «البيان».
const REFERENCES: &[&str] = &[
    "المصدر",
    "المصادر",
    "البيان",
    "البلاغ",
    "المتحدث",
    "المتحدثة",
    "الناطق",
    "الناطقة",
    "الصحيفة",
    "الوكالة",
    "الموقع",
    "القناة",
    "الشبكة",
    "المجلة",
    "التقرير",
    "الدراسة",
    "الوزير",
    "الوزيرة",
    "الوزارة",
    "المسؤول",
    "المسؤولة",
    "المسؤولون",
    "المسؤولان",
    "الشركة",
    "الهيئة",
    "المنظمة",
    "اللجنة",
    "الباحثون",
    "الباحثة",
    "الباحث",
    "الكاتب",
    "الكاتبة",
    "اللاعب",
    "المدرب",
    "النادي",
    "المؤلف",
    "المدير",
    "المديرة",
    "السفير",
    "السفيرة",
    "النائب",
    "النائبة",
    "المحامي",
    "الطبيب",
    "الطبيبة",
    "الخبير",
    "الخبيرة",
    "الرجل",
    "المرأة",
    "الشاب",
    "الفتاة",
    "الفنان",
    "الفنانة",
    "الممثل",
    "الممثلة",
    "المغني",
    "المغنية",
    "المخرج",
    "الجمعية",
    "المجموعة",
    "الجماعة",
    "الحركة",
    "المؤسسة",
    "المتهم",
    "الضحية",
    "القيادي",
    "القائد",
    "الأخير",
    "الأخيرة",
    "المذكور",
    "الشاهد",
    "الشهود",
    "المراسل",
    "الوثيقة",
    "الرسالة",
    "الخطاب",
    "المنشور",
    "التغريدة",
    "الفيديو",
    "الحزب",
    "الجامعة",
    "المعهد",
    "المركز",
    "المحكمة",
    "القاضي",
    "الأمير",
    "الملك",
];

static CONNECTIVE_TABLE: LazyLock<PhraseTable<bool>> = LazyLock::new(|| {
    let links = CONNECTIVES.iter().map(|&phrase| (phrase, true));
    PhraseTable::new(links.chain(NO_CONNECTIVES.iter().map(|&phrase| (phrase, false))))
});
static PRONOUN_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(PRONOUNS.iter().map(|&phrase| (phrase, ()))));
static DEMONSTRATIVE_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(DEMONSTRATIVES));
static TIME_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(TIMES));
static REFERENCE_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(REFERENCES));

/// Why a sentence of these `tokens`, trims already made, leans on the one before it.
fn opening(tokens: &[Token]) -> Option<Cause> {
    let marks = tokens.iter().take_while(|token| !token.is_word() && token.kind != TokenKind::Number);
    let tokens = &tokens[marks.count()..];
    let first = tokens.first()?;
    if CONNECTIVE_TABLE.opening(tokens).is_some_and(|(_, links)| links) {
        return Some(Cause::Connective);
    }
    if PRONOUN_TABLE.opening(tokens).is_some() {
        return Some(Cause::Pronoun);
    }
    if points_back(tokens) {
        return Some(Cause::Demonstrative);
    }
    // «و أضاف»: the conjunction may stand apart.
    let apart = usize::from(&*first.key == "و" && tokens.len() > 1);
    let speech = verb_of_saying(&tokens[apart].key)?;
    let rest = &tokens[apart + 1..];
    if speech == Speech::Continues {
        return Some(Cause::Continuation);
    }
    if lacks_speaker(rest) {
        return Some(Cause::Speaker);
    }
    is_short_reference(rest).then_some(Cause::Reference)
}

/// How far into a sentence a demonstrative still opens it, in tokens.
const OPENING_TOKENS: usize = 5;
/// How far in the first reported clause is looked for: «قال وزير الخارجية الإيطالي إن هذا…».
const REPORT_TOKENS: usize = 12;

/// Whether the sentence opens on a demonstrative whose noun it has not named itself.
fn points_back(tokens: &[Token]) -> bool {
    let opening = tokens.iter().take(OPENING_TOKENS).take_while(|token| !token.is_mark('،'));
    let in_opening = opening.enumerate().find(|(_, token)| is_demonstrative(token)).map(|(at, _)| at);
    let reported =
        tokens.iter().take(REPORT_TOKENS).position(|token| is_complementizer(&token.key)).map(|at| at + 1);
    let in_report = reported.filter(|&at| tokens.get(at).is_some_and(is_demonstrative));
    [in_opening, in_report].into_iter().flatten().any(|at| {
        // «بما في ذلك» points at nothing before; «هذا العام» points at the day of writing.
        let including = at >= 1
            && &*tokens[at - 1].key == "في"
            && tokens.get(at.wrapping_sub(2)).is_some_and(|t| t.key.ends_with("ما"));
        let noun = tokens.get(at + 1);
        let timed = noun.is_some_and(|noun| TIME_KEYS.contains(&noun.key));
        let named =
            noun.is_some_and(|noun| tokens[..at].iter().any(|token| same_noun(&token.key, &noun.key)));
        !including && !timed && !named
    })
}

fn is_demonstrative(token: &Token) -> bool {
    let key = token.key.as_ref();
    DEMONSTRATIVE_KEYS.contains(key)
        || key.strip_prefix(['و', 'ف']).is_some_and(|bare| DEMONSTRATIVE_KEYS.contains(bare))
}

/// «قرارا» and «القرار», «خطة» and «الخطة»: the same noun with and without the article.
fn same_noun(earlier: &str, definite: &str) -> bool {
    definite.strip_prefix("ال").is_some_and(|bare| bare.chars().count() >= 3 && earlier.contains(bare))
}

/// Whether the subject after a verb of saying is one short definite word and no more: «المصدر إن»,
/// «المتحدث:», «المصدر نفسه أن».
fn is_short_reference(tokens: &[Token]) -> bool {
    let [subject, rest @ ..] = tokens else { return false };
    if !REFERENCE_KEYS.contains(&subject.key) {
        return false;
    }
    let same = rest.first().is_some_and(|token| {
        matches!(token.key.as_ref(), "نفسه" | "نفسها" | "ذاته" | "ذاتها" | "المذكور" | "المذكوره")
    });
    same || lacks_speaker(rest)
}

#[cfg(test)]
mod tests;

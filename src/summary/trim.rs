//! Trims: the only changes that a sentence may undergo before it is shown.
//!
//! A trim takes whole words off the front or the back of a sentence and never touches what it
//! says: no negation, no condition, no number, no attribution of speech, no contrast. What is
//! taken is listed in [`TRIMS`]; nothing else is. The bare «و» of «وقال الوزير» stays: it is how an
//! Arabic sentence begins, nothing hangs on it, and guessing whether it belongs to the word («وصل»,
//! «وافق») would be worse than leaving it.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

use crate::text::phrase::{PhraseTable, folded, phrases};
use crate::text::quotation::Unpaired;
use crate::text::speech::{is_complementizer, lacks_speaker, verb_of_saying};
use crate::text::{Document, Span, Token, TokenKind};

/// A kind of trim, with its condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trim {
    /// A discourse opener that adds no meaning, closed by a comma: «وفي السياق، أعلن…».
    Opener,
    /// The same where editors leave the comma out and a verb of saying follows: «وفي السياق نفسه أعلن…».
    /// With a comma it goes as well.
    OpenerBeforeVerb,
    /// «من جانبه، قال الوزير…»: points forward to the subject, so it goes only where the subject is named.
    Aside,
    /// «كما أعلن بلينكن…»: «كما» in front of a main verb. «كما قال الوزير، فإن…» (as he said) stays.
    Also,
    /// «هذا وقد أعلن…»: «هذا» as a mere connective before «و».
    This,
    /// A dateline: «دبي، الإمارات العربية المتحدة (CNN)—».
    Dateline,
    /// A list mark: «• », «- ».
    Bullet,
    /// The credit of an agency after the sentence: «… أمس. (أ ف ب)».
    Credit,
    /// A footnote mark at the end: `… عام 1990.[3]`. One inside a sentence stays, so that what is
    /// shown still stands in the source as one piece.
    Footnote,
    /// A quotation mark at the very edge whose partner the paragraph lacks: «… في المنطقة”.»
    StrayMark,
}

/// The discourse openers, each with the kind of trim that takes it.
pub const TRIMS: &[(&str, Trim)] = &[
    ("في السياق", Trim::Opener),
    ("في سياق متصل", Trim::OpenerBeforeVerb),
    ("في سياق آخر", Trim::OpenerBeforeVerb),
    ("في سياق منفصل", Trim::OpenerBeforeVerb),
    ("في سياق ذي صلة", Trim::OpenerBeforeVerb),
    ("في السياق نفسه", Trim::OpenerBeforeVerb),
    ("في السياق ذاته", Trim::OpenerBeforeVerb),
    ("في نفس السياق", Trim::OpenerBeforeVerb),
    ("في ذات السياق", Trim::OpenerBeforeVerb),
    ("في هذا السياق", Trim::OpenerBeforeVerb),
    ("في هذا الإطار", Trim::OpenerBeforeVerb),
    ("في الإطار نفسه", Trim::OpenerBeforeVerb),
    ("في الإطار ذاته", Trim::OpenerBeforeVerb),
    ("في هذا الصدد", Trim::OpenerBeforeVerb),
    ("في هذا الشأن", Trim::OpenerBeforeVerb),
    ("في هذا الخصوص", Trim::OpenerBeforeVerb),
    ("في المنحى ذاته", Trim::OpenerBeforeVerb),
    ("في التفاصيل", Trim::Opener),
    ("في تفاصيل الخبر", Trim::Opener),
    ("في تطور آخر", Trim::OpenerBeforeVerb),
    ("في تطور متصل", Trim::OpenerBeforeVerb),
    ("في تطور لاحق", Trim::OpenerBeforeVerb),
    ("في غضون ذلك", Trim::OpenerBeforeVerb),
    ("في الأثناء", Trim::OpenerBeforeVerb),
    ("في هذه الأثناء", Trim::OpenerBeforeVerb),
    ("في تلك الأثناء", Trim::OpenerBeforeVerb),
    ("إلى ذلك", Trim::OpenerBeforeVerb),
    ("من جهة أخرى", Trim::OpenerBeforeVerb),
    ("من جهة ثانية", Trim::OpenerBeforeVerb),
    ("من ناحية أخرى", Trim::OpenerBeforeVerb),
    ("من ناحية ثانية", Trim::OpenerBeforeVerb),
    ("من جانب آخر", Trim::OpenerBeforeVerb),
    ("على صعيد آخر", Trim::OpenerBeforeVerb),
    ("على صعيد متصل", Trim::OpenerBeforeVerb),
    ("على الصعيد نفسه", Trim::OpenerBeforeVerb),
    ("على الصعيد ذاته", Trim::OpenerBeforeVerb),
    ("على الجانب الآخر", Trim::OpenerBeforeVerb),
    ("علاوة على ذلك", Trim::Opener),
    ("فضلا عن ذلك", Trim::Opener),
    ("بالإضافة إلى ذلك", Trim::Opener),
    ("إضافة إلى ذلك", Trim::Opener),
    ("إلى جانب ذلك", Trim::Opener),
    ("كذلك", Trim::Opener),
    ("أيضا", Trim::Opener),
    ("من جانبه", Trim::Aside),
    ("من جانبها", Trim::Aside),
    ("من جانبهم", Trim::Aside),
    ("من جهته", Trim::Aside),
    ("من جهتها", Trim::Aside),
    ("من جهتهم", Trim::Aside),
    ("من ناحيته", Trim::Aside),
    ("من ناحيتها", Trim::Aside),
    ("بدوره", Trim::Aside),
    ("بدورها", Trim::Aside),
    ("بدورهم", Trim::Aside),
    ("كما", Trim::Also),
    ("هذا", Trim::This),
];

/// Agencies and carriers whose name in brackets is a credit or closes a dateline.
const CARRIERS: &str = "\
    أ ف ب، ا ف ب، أ.ف.ب، أف ب، د ب أ، أ ب، أ ش أ، رويترز، فرانس برس، فرانس24، فرانس 24، وكالات، الوكالات، \
    واس، وام، كونا، سانا، إرنا، وات، بترا، قنا، تاس، سبوتنيك، الأناضول، شينخوا، CNN، AFP، BBC، AP، \
    Reuters، CNN Business، سكاي نيوز، بي بي سي";

static OPENERS: LazyLock<PhraseTable<Trim>> = LazyLock::new(|| PhraseTable::new(TRIMS.iter().copied()));

static CARRIER_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(phrases(CARRIERS).map(|carrier| (carrier, ()))));

/// The longest dateline before its bracket, in tokens: «دبي، الإمارات العربية المتحدة».
const MAX_DATELINE: usize = 9;

/// What of sentence `index` is shown: its span, or what the trims leave of it, in order.
#[must_use]
pub fn trim(document: &Document, index: usize) -> Vec<Span> {
    trim_with_kinds(document, index).0
}

/// As [`trim`], with the trims that were made.
#[must_use]
pub fn trim_with_kinds(document: &Document, index: usize) -> (Vec<Span>, Vec<Trim>) {
    let sentence = &document.sentences()[index];
    let tokens = document.tokens_of(sentence);
    let mut made = Vec::new();
    let mut cuts = Vec::new();
    let mut first = 0;
    while let Some((length, trim)) = front(&tokens[first..]).filter(|_| made.len() < MAX_TRIMS) {
        made.push(trim);
        first += length;
    }
    if first > 0 {
        cuts.push(Span::new(sentence.span.start, tokens[first].span.start));
    }
    while let Some((range, trim)) = back(&tokens[first..], &cuts).filter(|_| made.len() < 2 * MAX_TRIMS) {
        made.push(trim);
        cuts.push(tokens[first..][range.start].span.cover(tokens[first..][range.end - 1].span));
    }
    if let [stray] = document.unpaired_marks(index)
        && is_at_edge(&tokens[first..], *stray)
    {
        made.push(Trim::StrayMark);
        cuts.push(stray.mark);
    }
    (without(document, sentence.span, &mut cuts), made)
}

/// The tokens of sentence `index` that are left after the trims at its front.
#[must_use]
pub fn remaining_tokens(document: &Document, index: usize) -> &[Token] {
    let tokens = document.tokens_of(&document.sentences()[index]);
    let mut first = 0;
    for _ in 0..MAX_TRIMS {
        let Some((length, _)) = front(&tokens[first..]) else { break };
        first += length;
    }
    &tokens[first..]
}

/// The words of `pieces` as shown: a space between two pieces unless a stop follows.
#[must_use]
pub fn join(document: &Document, pieces: &[Span]) -> String {
    let mut text = String::new();
    for piece in pieces {
        // A sentence of wrapped text holds line breaks; it is shown on one line.
        for (at, word) in document.slice(*piece).split_whitespace().enumerate() {
            let hugs = at == 0 && word.starts_with(['.', '!', '?', '؟', '…', '،', '؛']);
            if !text.is_empty() && !hugs {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}

/// The trim at the front of `tokens`: how many tokens it takes.
fn front(tokens: &[Token]) -> Option<(usize, Trim)> {
    let (length, trim) = bullet(tokens).or_else(|| dateline(tokens)).or_else(|| opener(tokens))?;
    let rest = &tokens[length..];
    let words = rest.iter().filter(|token| token.is_word()).take(MIN_WORDS_LEFT).count();
    (words == MIN_WORDS_LEFT && !opens_with_fa(rest)).then_some((length, trim))
}

/// So many trims at most at either end of a sentence.
const MAX_TRIMS: usize = 4;
/// A trim that would leave fewer words than this is not made.
const MIN_WORDS_LEFT: usize = 4;

fn bullet(tokens: &[Token]) -> Option<(usize, Trim)> {
    let mark = tokens.first()?;
    let is_bullet = "•▪●■◆◦*-–—·".chars().any(|bullet| mark.is_mark(bullet)) || mark.key.is_empty();
    is_bullet.then_some((1, Trim::Bullet))
}

fn is_dash(token: &Token) -> bool {
    // A tatweel that stands alone is a dash as well: «القاهرة (رويترز) ـ قال».
    token.key.is_empty() || ['-', '–', '—', '―'].iter().any(|&dash| token.is_mark(dash))
}

fn is_comma(token: &Token) -> bool {
    token.is_mark('،') || token.is_mark(',')
}

fn dateline(tokens: &[Token]) -> Option<(usize, Trim)> {
    let open = tokens.iter().take(MAX_DATELINE).position(|token| token.is_mark('('))?;
    if !tokens[..open].iter().all(|token| token.is_word() || is_comma(token) || is_dash(token)) {
        return None;
    }
    let close = open + bracket_length(&tokens[open..], ')')?;
    if !is_carrier(&tokens[open + 1..close - 1]) {
        return None;
    }
    let dashes = tokens[close..].iter().take_while(|token| is_dash(token) || token.is_mark(':')).count();
    (dashes > 0).then_some((close + dashes, Trim::Dateline))
}

/// Length in tokens of the short bracket that `tokens` open with, both brackets included.
fn bracket_length(tokens: &[Token], closing: char) -> Option<usize> {
    tokens.iter().take(8).position(|token| token.is_mark(closing)).map(|at| at + 1)
}

fn is_carrier(tokens: &[Token]) -> bool {
    CARRIER_TABLE.opening(tokens).is_some_and(|(length, ())| length == tokens.len())
}

fn opener(tokens: &[Token]) -> Option<(usize, Trim)> {
    let (length, trim) = OPENERS.opening(tokens)?;
    let next = tokens.get(length)?;
    let comma = usize::from(is_comma(next));
    let rest = &tokens[length + comma..];
    let taken = match trim {
        Trim::Opener => comma == 1,
        Trim::OpenerBeforeVerb => comma == 1 || starts_main_clause(rest),
        Trim::Aside => names_its_subject(rest),
        Trim::Also => comma == 0 && is_also(rest),
        Trim::This => comma == 0 && continues_after_this(next),
        Trim::Dateline | Trim::Bullet | Trim::Credit | Trim::Footnote | Trim::StrayMark => false,
    };
    taken.then_some((length + comma, trim))
}

/// Particles and verbs that begin a main clause beside the verbs of saying.
fn starts_main_clause(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|token| {
        matches!(token.key.as_ref(), "تم" | "قد" | "لم" | "لن" | "يتم" | "سيتم" | "تمت" | "جري" | "يجري")
            || (verb_of_saying(&token.key).is_some() && !token.key.starts_with(['و', 'ف']))
    })
}

/// Whether a noun follows the verb that `tokens` open with: «قال الوزير», «رحب المتحدث», «أكدت ميركل».
fn names_its_subject(tokens: &[Token]) -> bool {
    let [verb, subject, ..] = tokens else { return false };
    if !verb.is_word() || !subject.is_word() || is_complementizer(&verb.key) {
        return false;
    }
    if verb_of_saying(&verb.key).is_some() {
        return !verb.key.starts_with(['و', 'ف']) && !lacks_speaker(tokens);
    }
    // Of other verbs the object may follow: «رحب بالقرار». Only a noun that can act is taken.
    let bare = subject.key.strip_prefix("ال").unwrap_or(&subject.key);
    !verb.key.starts_with(['و', 'ف', 'ب', 'ل']) && SUBJECT_KEYS.contains(bare)
}

/// Nouns that act: offices and bodies, without the article.
const SUBJECTS: &str = "\
    رئيس، رئيسة، وزير، وزيرة، وزارة، مدير، مديرة، متحدث، متحدثة، ناطق، أمين، قائد، سفير، سفيرة، مندوب، \
    مندوبة، نائب، نائبة، مبعوث، مبعوثة، ملك، أمير، مستشار، مستشارة، محافظ، حاكم، عمدة، مدرب، لاعب، حكومة، \
    برلمان، محكمة، شرطة، جيش، اتحاد، حزب، حركة، منظمة، هيئة، لجنة، شركة، نادي، مجلس، باحث، باحثة، خبير، \
    محامي، طبيب، قيادي، عضو، مسؤول، مسؤولة، كاتب، نقيب، نقابة، مكتب، مركز";

static SUBJECT_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(SUBJECTS)));

/// Whether «كما» in front of `tokens` only links: a main verb follows, and no «ف…» answers it.
fn is_also(tokens: &[Token]) -> bool {
    let [verb, rest @ ..] = tokens else { return false };
    let key = verb.key.as_ref();
    // «كما أن»، «كما لو»، «كما هو معروف»، «كما في»، «كما كان»، «كما يبدو»: a clause of another kind.
    let other = is_complementizer(key)
        || matches!(
            key,
            "لو" | "هو"
                | "هي"
                | "هم"
                | "في"
                | "كان"
                | "كانت"
                | "يبدو"
                | "من"
                | "علي"
                | "بين"
                | "لا"
                | "ل"
                | "و"
                | "الي"
                | "عن"
                | "مع"
                | "ليس"
                | "سبق"
                | "جاء"
                | "ورد"
                | "يقال"
                | "يلي"
                | "قد"
                | "ب"
                | "بعد"
                | "هذا"
                | "هذه"
        );
    if other || !verb.is_word() || key.starts_with("ال") || rest.len() < MIN_WORDS_LEFT {
        return false;
    }
    // «كما توقع،»، «كما يقول المثل،»: a comma at once, or the answer «فإن» later on.
    if rest.iter().take(2).any(is_comma) || answers(rest) {
        return false;
    }
    // «كما ذكرت الصحيفة من قبل» is a comparison; of these verbs a report must follow.
    let reports = matches!(
        key,
        "قال"
            | "قالت"
            | "ذكر"
            | "ذكرت"
            | "يقول"
            | "تقول"
            | "نقل"
            | "نقلت"
            | "افاد"
            | "افادت"
            | "تري"
            | "يري"
    );
    !reports
        || rest
            .iter()
            .take(14)
            .any(|token| is_complementizer(&token.key) || token.is_mark(':') || token.key.as_ref() == "عن")
}

/// «…، فإن الحكومة», «…، فقد أعلن»: the clause that answers an opening «كما» or «أما».
fn answers(tokens: &[Token]) -> bool {
    tokens.windows(2).take(40).any(|pair| is_comma(&pair[0]) && opens_with_fa(&pair[1..]))
}

fn opens_with_fa(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|token| {
        let rest = token.key.strip_prefix('ف');
        rest.is_some_and(|rest| {
            is_complementizer(rest)
                || verb_of_saying(rest).is_some()
                || matches!(
                    rest,
                    "قد" | "لم"
                        | "لا"
                        | "لن"
                        | "هو"
                        | "هي"
                        | "هذا"
                        | "هذه"
                        | "كان"
                        | "كانت"
                        | "في"
                        | "من"
                        | "ليس"
                )
        })
    })
}

/// «هذا وقد أعلن», «هذا ويشارك», «هذا وقال»; not «هذا وزير».
fn continues_after_this(next: &Token) -> bool {
    let Some(rest) = next.key.strip_prefix('و') else { return false };
    rest == "قد"
        || verb_of_saying(rest).is_some()
        || matches!(rest, "من" | "في" | "كان" | "كانت" | "يذكر" | "تم" | "يشار" | "ياتي" | "تاتي")
}

/// The trim at the back of `tokens`, what `cuts` hold left out: which of them it takes.
fn back(tokens: &[Token], cuts: &[Span]) -> Option<(Range<usize>, Trim)> {
    let is_gone = |token: &Token| is_stop(token) || cuts.iter().any(|cut| cut.contains(token.span));
    let end = tokens.len() - tokens.iter().rev().take_while(|token| is_gone(token)).count();
    let last = tokens.get(end.checked_sub(1)?)?;
    let (opening, trim) = if last.is_mark(')') {
        ('(', Trim::Credit)
    } else if last.is_mark(']') {
        ('[', Trim::Footnote)
    } else {
        return None;
    };
    let length = tokens[..end].iter().rev().take(8).position(|token| token.is_mark(opening))? + 1;
    let start = end - length;
    let inside = &tokens[start + 1..end - 1];
    let taken = match trim {
        // «وكالة الأنباء الوطنية (وان)» names an agency in full: no credit.
        Trim::Credit => {
            is_carrier(inside)
                && !tokens[..start].iter().rev().take(5).any(|token| token.key.ends_with("وكاله"))
        }
        _ => !inside.is_empty() && inside.iter().all(|token| token.kind == TokenKind::Number),
    };
    (taken && start >= MIN_WORDS_LEFT).then_some((start..end, trim))
}

fn is_stop(token: &Token) -> bool {
    ['.', '!', '?', '؟', '…'].iter().any(|&stop| token.is_mark(stop))
}

/// Whether `stray` is the first or the last mark of what is left of its sentence.
fn is_at_edge(tokens: &[Token], stray: Unpaired) -> bool {
    let at = |token: Option<&Token>| token.is_some_and(|token| token.span == stray.mark);
    at(tokens.first()) || at(tokens.iter().rev().find(|token| !is_stop(token)))
}

/// `span` without `cuts`, in order, no white space at the ends of the pieces.
fn without(document: &Document, span: Span, cuts: &mut [Span]) -> Vec<Span> {
    cuts.sort_unstable();
    let mut pieces = Vec::new();
    let mut start = span.start;
    for cut in cuts.iter() {
        pieces.push(Span::new(start, cut.start.max(start)));
        start = start.max(cut.end);
    }
    pieces.push(Span::new(start, span.end.max(start)));
    pieces.into_iter().map(|piece| piece.trim(document.text())).filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests;

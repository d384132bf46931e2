//! Key figures: numerals with their unit, what they count, and how much of the story they are.

mod agreement;
mod dual;
pub mod features;
pub mod line;
mod repeat;
mod salience;
mod unit;

use foldhash::{HashMap, HashMapExt, HashSet};

pub use super::nouns::Class;

use super::grammar;
use super::nouns;
use super::number::{self, Form, Kind, Next, Numeral, Quantity};
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;
use crate::text::{Document, Span, Token};
use unit::Unit;

/// A number with its unit and what it counts.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The words as the article writes them, approximator and unit included: «نحو 8 ملايين إنسان».
    pub span: Span,
    /// How much.
    pub quantity: Quantity,
    /// «دولار», "%", or the counted noun as written; empty where there is none.
    pub unit: String,
    /// What kind of thing is counted, where that is known.
    pub class: Option<Class>,
    /// The clause that it is shown in, with the number in its own place: «تحرير نحو 8 ملايين إنسان من سيطرته». `None` where no
    /// clause of ten words can be cut around it, or none that says what the article says.
    pub line: Option<Span>,
    /// Index of its sentence.
    pub sentence: usize,
    /// How much of the story it is; a figure below zero is background (an age, a lapse of time).
    pub salience: f32,
}

impl Figure {
    /// Whether it is central to the story, and not one more of its numbers.
    #[must_use]
    pub fn is_central(&self) -> bool {
        self.salience >= CENTRAL
    }
}

/// The salience of a central figure: of such figures editors list eight in ten, of all above zero seven (`train figures`).
pub const CENTRAL: f32 = 1.0;

/// A figure with what is measured of it.
pub struct Measured {
    /// The figure, not weighed and without a line.
    pub figure: Figure,
    /// The values of [`features::NAMES`].
    pub features: Vec<f32>,
    candidate: Candidate,
}

/// The figures of a document before they are weighed.
pub struct Found<'d> {
    document: &'d Document,
    mentions: &'d [Span],
    /// Whether each token belongs to a figure.
    taken: Vec<bool>,
    /// The stems of the headline.
    headline: HashSet<&'d str>,
    /// Every figure, in source order, each fact once.
    pub figures: Vec<Measured>,
}

/// Finds every figure of `document`, in source order, each fact once; no line parts one of `mentions`, which stand in order.
#[must_use]
pub fn find(document: &Document, mentions: &[Span]) -> Vec<Figure> {
    let found = Found::read(document, mentions);
    let mut figures: Vec<Figure> = Vec::with_capacity(found.figures.len());
    for measured in &found.figures {
        figures.push(Figure { salience: salience::weigh(&measured.features), ..measured.figure.clone() });
    }
    let mut listed: Vec<usize> = (0..figures.len()).filter(|&at| figures[at].salience > 0.0).collect();
    listed.sort_by(|&a, &b| figures[b].salience.total_cmp(&figures[a].salience));
    for at in listed.into_iter().take(MOST_LINES) {
        figures[at].line = found.clause(&found.figures[at]).line(&found.figures[at]);
    }
    figures
}

/// No reply needs the lines of more figures.
const MOST_LINES: usize = 12;

impl<'d> Found<'d> {
    /// Reads `document`.
    #[must_use]
    pub fn read(document: &'d Document, mentions: &'d [Span]) -> Self {
        let mut taken = vec![false; document.tokens().len()];
        let mut all = Vec::new();
        for (index, sentence) in document.sentences().iter().enumerate() {
            // «العاصمة 36 25»
            if document.is_row(index) {
                continue;
            }
            for candidate in in_sentence(document.text(), document.tokens_of(sentence)) {
                let first = sentence.tokens.start;
                taken[first + candidate.tokens.start..first + candidate.tokens.end].fill(true);
                all.push((index, candidate));
            }
        }
        let kept = repeat::once(all.clone());
        let story = features::Story::read(document, &all, &kept);
        let mut earlier: HashMap<_, usize> = HashMap::new();
        let mut figures = Vec::with_capacity(kept.len());
        for (sentence, candidate) in kept {
            let rank = earlier.entry(features::class_of(&candidate)).or_default();
            let features = story.features(sentence, &candidate, *rank);
            *rank += 1;
            let figure = Figure {
                span: candidate.span,
                quantity: candidate.quantity,
                unit: candidate.unit.clone(),
                class: candidate.class,
                line: None,
                sentence,
                salience: 0.0,
            };
            figures.push(Measured { figure, features, candidate });
        }
        Self { document, mentions, taken, headline: story.headline, figures }
    }

    fn clause(&self, measured: &Measured) -> line::Clause<'_> {
        let sentence = &self.document.sentences()[measured.figure.sentence];
        let taken = &self.taken[sentence.tokens.clone()];
        let tokens = self.document.tokens_of(sentence);
        line::Clause::new(self.document.text(), tokens, taken, self.mentions, &self.headline)
    }

    /// Every cut of the clause around `measured` that is not forbidden, with the values of [`line::names`].
    #[must_use]
    pub fn cuts(&self, measured: &Measured) -> Vec<(Span, Vec<f32>)> {
        let cuts = self.clause(measured).cuts(measured);
        cuts.into_iter().map(|(cut, values)| (cut.span, values)).collect()
    }
}

/// A figure before it is weighed.
#[derive(Clone, Debug)]
struct Candidate {
    /// Its tokens in the sentence, unit included.
    tokens: std::ops::Range<usize>,
    span: Span,
    quantity: Quantity,
    form: Form,
    kind: Kind,
    unit: String,
    class: Option<Class>,
}

/// The figures of one sentence, in order.
fn in_sentence(source: &str, tokens: &[Token]) -> Vec<Candidate> {
    let numerals = number::numerals(source, tokens, |at| next(tokens, at));
    let mut found: Vec<Candidate> = Vec::with_capacity(numerals.len());
    let mut from = 0;
    for numeral in numerals {
        dual::find(source, tokens, from..numeral.tokens.start, &mut found);
        from = numeral.tokens.end;
        let unit = unit::read(source, tokens, &numeral);
        if let Some(candidate) = candidate(source, tokens, &numeral, unit) {
            from = from.max(candidate.tokens.end);
            // «17 عاما ونصف» has its half already.
            let overlaps = found.last().is_some_and(|last| last.tokens.end > candidate.tokens.start);
            if overlaps && numeral.form == Form::Fraction {
                continue;
            }
            // «شخصين اثنين»: the dual and its number are one.
            if overlaps {
                found.pop();
            }
            found.push(candidate);
        }
    }
    dual::find(source, tokens, from..tokens.len(), &mut found);
    share_units(tokens, &mut found);
    found
}

/// «من ثلاثين إلى أكثر من ستين في المئة», «10 و25 بالمئة»: the first number has the unit of the second.
fn share_units(tokens: &[Token], found: &mut [Candidate]) {
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else { continue };
        let joined = match tokens.get(first.tokens.end..second.tokens.start) {
            Some([]) => tokens[second.tokens.start].key.starts_with('و'),
            Some([one]) => matches!(&*one.key, "و" | "الي" | "او"),
            _ => false,
        };
        if joined
            && second.class.is_none()
            && first.tokens.end < second.tokens.start
            && &*tokens[first.tokens.end].key == "الي"
        {
            // «من 120 يوما إلى تسعين»
            let (class, unit) = (first.class, first.unit.clone());
            (second.class, second.unit) = (class, unit);
            continue;
        }
        if joined && first.class.is_none() && matches!(second.class, Some(Class::Percent | Class::Currency)) {
            first.class = second.class;
            first.unit.clone_from(&second.unit);
        }
    }
}

fn next(tokens: &[Token], at: usize) -> Next {
    let key = tokens.get(at).map_or("", |t| &*t.key);
    // Closed class: scales and ways to write percent.
    if matches!(
        key,
        "%" | "٪"
            | "بالميه"
            | "بالمايه"
            | "مليون"
            | "مليار"
            | "تريليون"
            | "ملايين"
            | "مليارات"
            | "في"
            | "الف"
    ) || number::short_million(tokens, at).is_some()
    {
        Next::ScaleOrPercent
    } else if matches!(key, "$" | "€" | "£")
        || nouns::look_up(key).is_some_and(|e| e.class == Class::Currency)
    {
        Next::Currency
    } else {
        Next::Else
    }
}

fn candidate(source: &str, tokens: &[Token], numeral: &Numeral, unit: Option<Unit>) -> Option<Candidate> {
    if let Some(candidate) = one_and_a_part(tokens, numeral) {
        return Some(candidate);
    }
    let bare = unit.is_none();
    let before = |back: usize| {
        numeral.tokens.start.checked_sub(back).and_then(|i| tokens.get(i)).map_or("", |t| &*t.key)
    };
    match numeral.form {
        // «واحد من», «أحد»: articles, unless the noun stands before («حافلة واحدة»).
        Form::One if bare => return None,
        // «النصف الأول», «ربع النهائي», «نصف نهائي»
        Form::Fraction
            if bare
                || unit.as_ref().is_some_and(|u| is_no_whole(&u.name))
                || tokens[numeral.tokens.start].key.contains("ال") =>
        {
            return None;
        }
        _ => {}
    }
    if numeral.kind == Kind::Definite && bare {
        return None;
    }
    let alone = numeral.tokens.len() == 1;
    let first = &*tokens[numeral.tokens.start].key;
    // «الرقم الأخضر 80101890»: so many digits in one, of nothing, are a number to call.
    if bare && alone && longest_digits(first) >= CALLED {
        return None;
    }
    // «ألف الكاتب روايته» is a verb, «للمرة الألف» an idiom.
    // Closed class: numerals.
    if alone && (bare && matches!(first, "الف" | "والف" | "ست" | "وست" | "سبع") || first.ends_with("الالف"))
    {
        return None;
    }
    let Quantity::Exact(value) = numeral.quantity else {
        return Some(build(source, tokens, numeral, unit));
    };
    // «الاتفاق الموقع في ألفين وخمسة عشر»: a year in words.
    let words = tokens[numeral.tokens.clone()].iter().all(Token::is_word);
    if bare && words && (1990.0..=2040.0).contains(&value) {
        return None;
    }
    // «مساء اثنين»: a day of the week without its article; a lone small number in digits is no statement.
    let weekday = bare && value < 3.0 && WordClass::BeforeWeekday.contains(before(1));
    if weekday || bare && value < 2.0 {
        return None;
    }
    Some(build(source, tokens, numeral, unit))
}

/// Digits of a number to call.
const CALLED: usize = 7;

/// The most digits in a row.
fn longest_digits(key: &str) -> usize {
    key.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// Stages of play, halves of a match and parts of a year, whose names hold a fraction: «ربع النهائي», «نصف سنوي».
fn is_no_whole(unit: &str) -> bool {
    let key = crate::text::fold::fold(unit);
    let bare = key.strip_prefix("ال").unwrap_or(&key);
    WordClass::HalvedStem.has_start_of(bare) || WordClass::HalvedPart.contains(bare)
}

fn build(source: &str, tokens: &[Token], numeral: &Numeral, unit: Option<Unit>) -> Candidate {
    let first = unit.as_ref().map_or(numeral.tokens.start, |u| u.first.min(numeral.tokens.start));
    let mut end = unit.as_ref().map_or(numeral.tokens.end, |u| u.end.max(numeral.tokens.end));
    let mut quantity = numeral.quantity;
    // «عام ونصف العام», «ثلاث سنوات ونصف»
    if let (Some(unit), Quantity::Exact(value)) = (&unit, quantity)
        && unit.class == Class::Time
        && let Some((part, after)) = half_after(tokens, end)
    {
        quantity = Quantity::Exact(value + part);
        end = after;
    }
    end = trailing(tokens, end);
    let start = if first < numeral.tokens.start { tokens[first].span.start } else { numeral.span.start };
    let span = Span::new(start, tokens[end - 1].span.end.max(numeral.span.end));
    let class = unit.as_ref().map(|u| age_or(u.class, tokens, first, end));
    // «اعتقال اثنين», «مقتل ثلاثة»: nobody but people.
    let class = class.or_else(|| {
        let before = first.checked_sub(1).map_or("", |at| tokens[at].key.trim_start_matches(['و', 'ب', 'ل']));
        WordClass::Harm.contains(before).then_some(Class::Casualty)
    });
    // «في عمر 32»
    let class = class.or_else(|| {
        let before = first.checked_sub(1).map_or("", |at| tokens[at].key.trim_start_matches(['ب', 'ل']));
        WordClass::AgeNoun.contains(before).then_some(Class::Age)
    });
    let candidate = Candidate {
        tokens: first..end,
        span,
        quantity,
        form: numeral.form,
        kind: numeral.kind,
        unit: unit.map_or_else(String::new, |u| u.name),
        class,
    };
    if first < numeral.tokens.start { candidate.without_clitic(source, &tokens[first]) } else { candidate }
}

impl Candidate {
    /// A unit before its number may carry a clitic: «بحافلة واحدة» is shown as «حافلة واحدة».
    fn without_clitic(mut self, source: &str, first: &Token) -> Self {
        if self.span.start == first.span.start && first.is_word() && nouns::look_up(&first.key).is_none() {
            let rest = first.key.strip_prefix(['و', 'ب', 'ل']).unwrap_or("");
            let joined = grammar::has_conjunction(&first.key);
            // «يتعلق [بمكونين] اثنين»
            let words = DocumentFrequencies::words();
            let two = rest.ends_with("ين") && words.count(rest) > words.count(&first.key);
            if joined
                || two
                || nouns::look_up(rest).is_some()
                || rest.strip_prefix("ال").is_some_and(|r| nouns::look_up(r).is_some())
            {
                self.span.start = number::skip_letters(source, first.span, 1);
            }
        }
        self
    }
}

/// «عام ونصف العام»: the one is told by its noun alone.
fn one_and_a_part(tokens: &[Token], numeral: &Numeral) -> Option<Candidate> {
    let at = numeral.tokens.start.checked_sub(1).filter(|_| numeral.form == Form::Fraction)?;
    let (part, end) = half_after(tokens, numeral.tokens.start)?;
    let entry = nouns::look_up(&tokens[at].key)
        .filter(|e| e.class == Class::Time && e.number == nouns::Number::Singular)?;
    Some(Candidate {
        tokens: at..end,
        span: tokens[at].span.cover(tokens[end - 1].span),
        quantity: Quantity::Exact(1.0 + part),
        form: Form::Exact,
        kind: Kind::Amount,
        unit: entry.singular.to_owned(),
        class: Some(entry.class),
    })
}

/// «ونصف», «ونصف العام», «وربع»: the part and the index after it.
fn half_after(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    // Closed class: numerals.
    let part = match &*tokens.get(at)?.key {
        "ونصف" => 0.5,
        "وربع" => 0.25,
        _ => return None,
    };
    let noun = tokens.get(at + 1).map_or("", |t| &*t.key);
    let whole = noun.strip_prefix("ال").unwrap_or(noun);
    let named = nouns::look_up(whole).is_some_and(|e| e.class == Class::Time);
    Some((part, if named { at + 2 } else { at + 1 }))
}

/// Words after the unit that make the number approximate: «على الأقل», «تقريبا», «أو أكثر».
fn trailing(tokens: &[Token], end: usize) -> usize {
    let key = |at: usize| tokens.get(at).map_or("", |t| &*t.key);
    // Closed class: comparatives of amount.
    match (key(end), key(end + 1)) {
        ("علي", "الاقل" | "الاكثر") | ("او", "اكثر") => end + 2,
        ("تقريبا", _) => end + 1,
        _ => end,
    }
}

/// A span of time is an age where the words around it say so.
fn age_or(class: Class, tokens: &[Token], first: usize, end: usize) -> Class {
    if class == Class::Time && is_age(tokens, first, end) { Class::Age } else { class }
}

/// «يبلغ من العمر 33 عاما», «(64 عاما)», «عن عمر ناهز 70 عاما», «البالغ 12 سنة».
fn is_age(tokens: &[Token], first: usize, end: usize) -> bool {
    let key = |at: usize| tokens.get(at).map_or("", |t| &*t.key);
    let years = (first..end).any(|at| WordClass::AgeUnit.contains(key(at)));
    let bracketed = first > 0 && key(first - 1) == "(" && key(end) == ")";
    let about_age = (1..=6).filter_map(|back| first.checked_sub(back)).any(|at| {
        let key = key(at).trim_start_matches(['و', 'ب', 'ل']);
        let bare = key.strip_prefix("ال").unwrap_or(key);
        WordClass::AgeStem.has_start_of(bare)
            || WordClass::AgeParticiple.has_start_of(bare) && key.starts_with("ال")
            || WordClass::AgeWord.contains(bare)
    });
    years && (bracketed || about_age)
}

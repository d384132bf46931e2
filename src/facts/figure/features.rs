//! What the model of [`super::salience`] sees of a figure: what is counted, how it is said, where it stands, what stands around it,
//! and how it compares with the other figures of the article.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::{Candidate, Form, Kind, Quantity, in_sentence};
use crate::facts::grammar::{self, Part};
use crate::facts::nouns::Class;
use crate::learnt::forest::flag;
use crate::text::frequency::idf;
use crate::text::lexicon::WordClass;
use crate::text::stem::stem;
use crate::text::stopwords::is_stop_word;
use crate::text::{Document, Token, TokenKind};

/// The names of the features, in the order of their values.
pub const NAMES: &[&str] = &[
    "casualty",
    "person",
    "thing",
    "time",
    "age",
    "occasion",
    "currency",
    "measure",
    "percent",
    "unnamed",
    "score",
    "definite",
    "vague",
    "fraction",
    "one",
    "range",
    "dual",
    "words",
    "amount",
    "few",
    "round",
    "decimal",
    "sentence",
    "sentence_share",
    "first_paragraph",
    "sentences",
    "place_in_sentence",
    "sentence_words",
    "figures",
    "figures_in_sentence",
    "earlier_in_sentence",
    "earlier_of_class",
    "of_class",
    "rank_in_class",
    "told_again",
    "in_headline",
    "headline_figures",
    "close_to_headline",
    "sentence_to_headline",
    "unit_in_headline",
    "central",
    "sentence_central",
    "rarity",
    "unit_told",
    "before_preposition",
    "before_time",
    "before_harm",
    "before_measure",
    "before_verb",
    "before_noun",
    "before_joined",
    "before_comma",
    "after_partitive",
    "after_preposition",
    "after_relative",
    "after_verb",
    "after_end",
    "after_comma",
    "after_noun",
    "after_definite",
    "bracketed",
    "quoted",
    "year_near",
    "past",
    "comparison",
    "prison",
    "saying_first",
    "harm_near",
    "possible",
];

/// Words on either side of a figure that stand beside it.
const WINDOW: usize = 6;

/// The article as far as it weighs for its figures.
pub(super) struct Story<'d> {
    document: &'d Document,
    /// The stems of the headline.
    pub(super) headline: HashSet<&'d str>,
    headline_amounts: Vec<Quantity>,
    /// How often each stem stands in the text.
    stems: HashMap<&'d str, f32>,
    /// How often each amount is told.
    amounts: HashMap<(u64, u64), usize>,
    /// The amounts of each class, largest first.
    of_class: HashMap<(Option<Class>, bool), Vec<f64>>,
    /// The sentences that have figures.
    sentences: HashMap<usize, Whole>,
    count: usize,
}

/// What is measured of a whole sentence, once for all its figures.
#[derive(Default)]
struct Whole {
    /// Where its figures begin.
    figures: Vec<usize>,
    to_headline: f32,
    central: f32,
    has_year: bool,
    has_prison: bool,
    has_saying: bool,
}

impl<'d> Story<'d> {
    /// Reads `document`, in which `all` figures are told and `kept` are told for the first time.
    pub(super) fn read(
        document: &'d Document,
        all: &[(usize, Candidate)],
        kept: &[(usize, Candidate)],
    ) -> Self {
        let headline_tokens = document.headline_tokens();
        let mut counts: HashMap<&str, f32> = HashMap::new();
        for word in stems(document.tokens()) {
            *counts.entry(word).or_default() += 1.0;
        }
        let mut amounts = HashMap::new();
        for (_, candidate) in all {
            *amounts.entry(bits(candidate.quantity)).or_default() += 1;
        }
        let mut of_class: HashMap<_, Vec<f64>> = HashMap::new();
        let mut sentences: HashMap<usize, Whole> = HashMap::new();
        for (sentence, candidate) in kept {
            of_class.entry(class_of(candidate)).or_default().push(amount(candidate.quantity));
            sentences.entry(*sentence).or_default().figures.push(candidate.tokens.start);
        }
        for amounts in of_class.values_mut() {
            amounts.sort_by(|a, b| b.total_cmp(a));
        }
        let mut story = Self {
            document,
            headline: stems(headline_tokens).collect(),
            headline_amounts: in_sentence(document.headline(), headline_tokens)
                .into_iter()
                .map(|c| c.quantity)
                .collect(),
            stems: counts,
            amounts,
            of_class,
            sentences: HashMap::new(),
            count: kept.len(),
        };
        for (&sentence, whole) in &mut sentences {
            story.read_sentence(sentence, whole);
        }
        story.sentences = sentences;
        story
    }

    fn read_sentence(&self, sentence: usize, whole: &mut Whole) {
        let (text, tokens) = (self.document.text(), self.tokens(sentence));
        whole.to_headline = self.to_headline(tokens);
        whole.central = self.central(tokens);
        whole.has_year = tokens.iter().any(|t| {
            t.kind == TokenKind::Number
                && t.key.len() == 4
                && t.key.parse().is_ok_and(|year: u32| (1900..=2040).contains(&year))
        });
        whole.has_prison = tokens.iter().any(|token| {
            WordClass::Sentence.keys().iter().any(|word| token.key.contains(&**word))
                && !WordClass::NoSentence.keys().iter().any(|stem| token.key.contains(&**stem))
        });
        whole.has_saying = tokens.iter().take(3).any(|t| grammar::read(text, t).part == Part::Saying);
    }

    /// How many stems of the headline stand in `tokens`.
    fn to_headline(&self, tokens: &[Token]) -> f32 {
        let close: HashSet<&str> = stems(tokens).filter(|stem| self.headline.contains(stem)).collect();
        close.len().min(6) as f32
    }

    /// How often the text has the words of `tokens`, on average, as a logarithm.
    fn central(&self, tokens: &[Token]) -> f32 {
        let (sum, count) = stems(tokens).fold((0.0, 0), |(sum, count), word| {
            (sum + self.stems.get(word).copied().unwrap_or_default().ln_1p(), count + 1)
        });
        sum / count.max(1) as f32
    }

    /// The values of [`NAMES`] for `candidate`, which stands in the sentence number `sentence`; `earlier` figures of its class stand before.
    pub(super) fn features(&self, sentence: usize, candidate: &Candidate, earlier: usize) -> Vec<f32> {
        let mut values = Vec::with_capacity(NAMES.len());
        said(candidate, self.document, sentence, &mut values);
        self.standing(sentence, candidate, &mut values);
        self.rivals(sentence, candidate, earlier, &mut values);
        self.subject(sentence, candidate, &mut values);
        self.around(sentence, candidate, &mut values);
        values
    }

    fn tokens(&self, sentence: usize) -> &'d [Token] {
        self.document.tokens_of(&self.document.sentences()[sentence])
    }

    /// Where in the article it stands.
    fn standing(&self, sentence: usize, candidate: &Candidate, values: &mut Vec<f32>) {
        let sentences = self.document.sentences();
        let length = self.tokens(sentence).len().max(1);
        values.extend([
            sentence.min(20) as f32,
            sentence as f32 / sentences.len().max(1) as f32,
            flag(sentences[sentence].paragraph == 0),
            sentences.len().min(60) as f32,
            candidate.tokens.start as f32 / length as f32,
            length.min(80) as f32,
        ]);
    }

    /// How it compares with the other figures.
    fn rivals(&self, sentence: usize, candidate: &Candidate, earlier: usize, values: &mut Vec<f32>) {
        let beside = self.sentences.get(&sentence).map_or(&[][..], |whole| &whole.figures);
        let class = self.of_class.get(&class_of(candidate)).map_or(&[][..], Vec::as_slice);
        let own = amount(candidate.quantity);
        values.extend([
            self.count.min(30) as f32,
            beside.len().min(10) as f32,
            beside.partition_point(|&start| start < candidate.tokens.start).min(10) as f32,
            earlier.min(10) as f32,
            class.len().min(20) as f32,
            class.partition_point(|&other| other > own).min(10) as f32,
            self.amounts.get(&bits(candidate.quantity)).map_or(0, |&told| told.min(6)) as f32,
        ]);
    }

    /// How near it is to what the article is about.
    fn subject(&self, sentence: usize, candidate: &Candidate, values: &mut Vec<f32>) {
        let tokens = self.tokens(sentence);
        let from = candidate.tokens.start.saturating_sub(WINDOW);
        let until = (candidate.tokens.end + WINDOW).min(tokens.len());
        let whole = &self.sentences[&sentence];
        let rarity = |tokens: &'d [Token]| {
            let (sum, count) = tokens
                .iter()
                .filter(|t| t.is_word())
                .fold((0.0, 0), |(sum, count), t| (sum + idf(&t.key), count + 1));
            sum / count.max(1) as f32
        };
        let unit = tokens[candidate.tokens.clone()].iter().rfind(|t| t.is_word()).map(|t| stem(&t.key));
        values.extend([
            flag(self.headline_amounts.contains(&candidate.quantity)),
            self.headline_amounts.len().min(4) as f32,
            self.to_headline(&tokens[from..until]),
            whole.to_headline,
            flag(unit.is_some_and(|unit| self.headline.contains(unit))),
            self.central(&tokens[from..until]),
            whole.central,
            rarity(&tokens[from..until]),
            unit.and_then(|unit| self.stems.get(unit)).copied().unwrap_or_default().min(10.0),
        ]);
    }

    /// The words around it.
    fn around(&self, sentence: usize, candidate: &Candidate, values: &mut Vec<f32>) {
        let (text, tokens) = (self.document.text(), self.tokens(sentence));
        let (start, end) = (candidate.tokens.start, candidate.tokens.end);
        let key = |at: usize| tokens.get(at).map_or("", |t| &*t.key);
        let bare = |at: usize| key(at).trim_start_matches(['و', 'ب', 'ل', 'ف']);
        let part = |at: usize| tokens.get(at).map(|token| grammar::read(text, token).part);
        let before = start.checked_sub(1);
        let (last, next) = (before.and_then(part), part(end));
        let near = |words: WordClass| {
            (start.saturating_sub(WINDOW)..(end + WINDOW).min(tokens.len()))
                .any(|at| words.contains(bare(at)))
        };
        let time = before.is_some_and(|at| WordClass::LapseOfTime.contains(bare(at)));
        let whole = &self.sentences[&sentence];
        let quotations = self.document.quotations();
        let quoted = quotations.partition_point(|quotation| quotation.start <= candidate.span.start);
        let quoted = quoted.checked_sub(1).is_some_and(|at| quotations[at].contains(candidate.span));
        let harm = |at: usize| WordClass::Harm.contains(bare(at));
        let is = |part: Option<Part>, wanted: &[Part]| flag(part.is_some_and(|part| wanted.contains(&part)));
        values.extend([
            is(last, &[Part::Preposition]),
            flag(time),
            flag(before.is_some_and(harm)),
            is(last, &[Part::Measure]),
            is(last, &[Part::Verb, Part::Auxiliary]),
            is(last, &[Part::Noun]),
            is(last, &[Part::Joined]),
            is(last, &[Part::Comma, Part::Bracket, Part::Quote]),
            flag(matches!(key(end), "من" | "منهم" | "منها")),
            is(next, &[Part::Preposition]),
            is(next, &[Part::Relative]),
            flag(next.is_some_and(Part::is_verb)),
            flag(next.is_none() || next == Some(Part::Stop)),
            is(next, &[Part::Comma, Part::Bracket, Part::Quote]),
            is(next, &[Part::Noun, Part::Joined]),
            is(next, &[Part::Definite]),
            flag(before.is_some_and(|at| key(at) == "(") && key(end) == ")"),
            flag(quoted),
            flag(whole.has_year),
            flag(near(WordClass::Past)),
            flag(near(WordClass::Compared)),
            flag(whole.has_prison),
            flag(whole.has_saying),
            flag((start.saturating_sub(WINDOW)..(end + WINDOW).min(tokens.len())).any(harm)),
            flag(near(WordClass::Possible)),
        ]);
    }
}

/// What is counted, and how it is said.
fn said(candidate: &Candidate, document: &Document, sentence: usize, values: &mut Vec<f32>) {
    let tokens = &document.tokens_of(&document.sentences()[sentence])[candidate.tokens.clone()];
    let class = |wanted: Class| flag(candidate.class == Some(wanted));
    let value = amount(candidate.quantity);
    let score = candidate.kind == Kind::Score;
    let digits = tokens.iter().any(|t| t.kind == TokenKind::Number);
    values.extend([
        class(Class::Casualty),
        class(Class::Person),
        class(Class::Thing),
        class(Class::Time),
        class(Class::Age),
        class(Class::Occasion),
        class(Class::Currency),
        class(Class::Measure),
        class(Class::Percent),
        flag(candidate.class.is_none() && !score),
        flag(score),
        flag(candidate.kind == Kind::Definite),
        flag(candidate.form == Form::Vague),
        flag(candidate.form == Form::Fraction),
        flag(candidate.form == Form::One),
        flag(matches!(candidate.quantity, Quantity::Range(..)) && !score),
        flag(tokens.len() == 1 && !digits),
        flag(!digits),
        (value.abs() + 1.0).log10() as f32,
        flag(value <= 3.0),
        flag(value >= 10.0 && value % 10.0 == 0.0),
        flag(value.fract() != 0.0),
    ]);
}

fn amount(quantity: Quantity) -> f64 {
    match quantity {
        Quantity::Exact(value) => value,
        Quantity::Range(_, high) => high,
    }
}

fn bits(quantity: Quantity) -> (u64, u64) {
    match quantity {
        Quantity::Exact(value) => (value.to_bits(), value.to_bits()),
        Quantity::Range(low, high) => (low.to_bits(), high.to_bits()),
    }
}

/// Scores compete with scores.
pub(super) fn class_of(candidate: &Candidate) -> (Option<Class>, bool) {
    (candidate.class, candidate.kind == Kind::Score)
}

/// The stems of content words.
fn stems(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter(|t| t.is_word() && !is_stop_word(&t.key)).map(|t| stem(&t.key))
}

//! What the weights of [`super::salience`] see of a figure: what is counted, how it is said, where it stands, and how
//! near that is to the headline.

use foldhash::{HashMap, HashSet};

use super::what::Sentence;
use super::{Candidate, Figure, Form, Kind, Quantity, in_sentence, repeat};
use crate::facts::nouns::Class;
use crate::text::stem::stem;
use crate::text::stopwords::is_stop_word;
use crate::text::{Document, Token};

/// What is measured of one figure: the name and the value of each feature that is not 0.
pub type Features = Vec<(&'static str, f32)>;

/// Every figure of `document`, in source order, each fact once, not yet weighed (salience 0), with its features.
#[must_use]
pub fn figures(document: &Document) -> Vec<(Figure, Features)> {
    let mut candidates = Vec::new();
    let mut sentences = Vec::with_capacity(document.sentences().len());
    for (index, sentence) in document.sentences().iter().enumerate() {
        let tokens = document.tokens_of(sentence);
        // «العاصمة 36 25»
        let found = if document.is_row(index) { Vec::new() } else { in_sentence(document.text(), tokens) };
        let ranges = found.iter().map(|candidate| candidate.tokens.clone());
        sentences.push(Sentence::new(document.text(), tokens, ranges));
        candidates.extend(found.into_iter().map(|candidate| (index, candidate)));
    }
    let headline = Headline::read(document);
    let mut earlier = Earlier::default();
    let mut figures = Vec::new();
    for (sentence, candidate) in repeat::once(candidates) {
        let tokens = document.tokens_of(&document.sentences()[sentence]);
        let mut features = said(&candidate, tokens, &headline);
        features.extend(standing(document, sentence));
        features.extend(earlier.before(&candidate, sentence));
        features.push(("close_to_headline", headline.closeness(&candidate, tokens)));
        features.retain(|(_, value)| *value != 0.0);
        let figure = Figure {
            span: candidate.span,
            quantity: candidate.quantity,
            what: sentences[sentence].cut(&candidate),
            class: candidate.class,
            unit: candidate.unit,
            sentence,
            salience: 0.0,
        };
        figures.push((figure, features));
    }
    figures
}

/// What is counted, and how it is said.
fn said(candidate: &Candidate, tokens: &[Token], headline: &Headline) -> Features {
    let class = candidate.class;
    let age = class == Some(Class::Age);
    // «وفاة المخرج عن عمر ناهز 64 عاما»: an age is background unless the headline tells it.
    let told = age && headline.amounts.contains(&candidate.quantity);
    // The length of a sentence in prison is news, other lapses of time are background.
    let time = class == Some(Class::Time) && !tokens.iter().any(tells_of_prison);
    let person = matches!(class, Some(Class::Casualty | Class::Person));
    let range = matches!(candidate.quantity, Quantity::Range(..)) && candidate.kind != Kind::Score;
    let vague = candidate.form == Form::Vague;
    let definite = candidate.kind == Kind::Definite;
    let few = matches!(candidate.quantity, Quantity::Exact(amount) if amount <= 3.0)
        && !matches!(
            class,
            Some(Class::Percent | Class::Currency | Class::Casualty | Class::Time | Class::Age)
        );
    let next = tokens.get(candidate.tokens.end).map_or("", |t| &*t.key);
    let features = [
        ("person", person),
        ("casualty", class == Some(Class::Casualty)),
        ("time", time || age && !told),
        ("age", age && !told),
        ("age_in_headline", told),
        ("unnamed", class.is_none() && candidate.kind != Kind::Score),
        // «الدول الثلاث»
        ("definite", definite),
        ("vague", vague),
        ("range", range && !vague),
        // All that is no plain count; ridges are kind to what many figures share.
        ("loose", definite || range || candidate.form != Form::Exact),
        ("few", few),
        // «ستة منهم», «أكثر من 50 من دبلوماسييها»
        ("partitive", matches!(next, "من" | "منهم" | "منها")),
    ];
    features.into_iter().map(|(name, holds)| (name, f32::from(u8::from(holds)))).collect()
}

/// «حكم», «بسجنه»; «حكومة» is none.
fn tells_of_prison(token: &Token) -> bool {
    ["سجن", "حبس", "حكم"].iter().any(|word| token.key.contains(word)) && !token.key.contains("حكوم")
}

/// Where in the article the sentence stands.
fn standing(document: &Document, sentence: usize) -> Features {
    let late = sentence * 3 > document.sentences().len() * 2;
    vec![("first_sentence", f32::from(u8::from(sentence == 0))), ("late", f32::from(u8::from(late)))]
}

/// The figures so far.
#[derive(Default)]
struct Earlier {
    /// How many there are of each class; scores compete with scores.
    of_class: HashMap<(Option<Class>, bool), usize>,
    /// The sentence of the last one, and how many it has.
    last: (usize, usize),
}

impl Earlier {
    /// How many figures of the article and of the sentence stand before `candidate`, which is counted in.
    fn before(&mut self, candidate: &Candidate, sentence: usize) -> Features {
        let of_class = self.of_class.entry((candidate.class, candidate.kind == Kind::Score)).or_default();
        let rank = std::mem::replace(of_class, *of_class + 1);
        let (last, count) = self.last;
        let in_sentence = if last == sentence { count } else { 0 };
        self.last = (sentence, in_sentence + 1);
        vec![
            ("rank", rank.min(MOST_EARLIER) as f32 / MOST_EARLIER as f32),
            ("later_in_sentence", in_sentence.min(MOST_IN_SENTENCE) as f32 / MOST_IN_SENTENCE as f32),
        ]
    }
}

/// Figures of a class, or of a sentence, beyond which their number tells no more.
const MOST_EARLIER: usize = 6;
const MOST_IN_SENTENCE: usize = 4;

/// The headline, as far as it weighs for figures.
struct Headline<'a> {
    stems: HashSet<&'a str>,
    amounts: Vec<Quantity>,
}

impl<'a> Headline<'a> {
    fn read(document: &'a Document) -> Self {
        let tokens = document.headline_tokens();
        let figures = in_sentence(document.headline(), tokens);
        Self {
            stems: stems(tokens).collect(),
            amounts: figures.into_iter().map(|candidate| candidate.quantity).collect(),
        }
    }

    /// How many stems of the headline stand beside the figure, at most four, as a share.
    fn closeness(&self, candidate: &Candidate, tokens: &[Token]) -> f32 {
        let from = candidate.tokens.start.saturating_sub(WINDOW);
        let until = (candidate.tokens.end + WINDOW).min(tokens.len());
        let close: HashSet<&str> = stems(&tokens[from..until]).filter(|s| self.stems.contains(s)).collect();
        close.len().min(MOST_CLOSE) as f32 / MOST_CLOSE as f32
    }
}

/// Words on either side of a figure that stand beside it.
const WINDOW: usize = 6;
const MOST_CLOSE: usize = 4;

/// The stems of content words.
fn stems(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter(|t| t.is_word() && !is_stop_word(&t.key)).map(|t| stem(&t.key))
}

//! How each feature is measured: position, terms, surface and facts, one pass for each.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::clause::is_stop;
use super::features::{Feature, Features, Known, NO_FIGURE};
use super::terms::{TermId, Terms, ratio};
use crate::facts::Facts;
use crate::learnt::forest::flag;
use crate::text::lexicon::WordClass;
use crate::text::phrase::{folded, phrases};
use crate::text::{Document, Span, Token, TokenKind};

fn log1p(count: usize) -> f32 {
    (count as f32).ln_1p()
}

/// Where the sentence stands in the text, how long it is, and how long its neighbours are.
pub fn positions(known: &Known<'_>, features: &mut [Features]) {
    let sentences = known.document.sentences();
    let words = known.lengths;
    let total: usize = words.iter().sum();
    let mean = ratio(total as f32, words.len() as f32);
    let mut sizes = vec![0usize; known.document.paragraphs().len()];
    for sentence in sentences {
        sizes[sentence.paragraph] += 1;
    }
    let mut before = 0;
    for (i, (sentence, f)) in sentences.iter().zip(features).enumerate() {
        f.set(Feature::Early, 1.0 / (1 + i) as f32);
        f.set(Feature::Position, i as f32 / sentences.len() as f32);
        f.set(Feature::Depth, log1p(before));
        f.set(Feature::ParagraphSize, log1p(sizes[sentence.paragraph]));
        f.set(Feature::Words, log1p(words[i]));
        f.set(Feature::PreviousWords, i.checked_sub(1).map_or(0.0, |i| log1p(words[i])));
        f.set(Feature::NextWords, words.get(i + 1).map_or(0.0, |&words| log1p(words)));
        f.set(Feature::RelativeLength, ratio(words[i] as f32, mean).ln_1p());
        f.set(Feature::DocumentSentences, log1p(sentences.len()));
        f.set(Feature::Leans, flag(known.leans[i].is_some()));
        before += words[i];
    }
}

/// How many of the heaviest terms count as the topic.
const TOPIC_TERMS: usize = 10;

/// What its terms share with the headline, the lead, its neighbours and the whole text.
pub fn terms(terms: &Terms, words: &[usize], features: &mut [Features]) {
    let count = features.len();
    let topic = topic(terms);
    let lead = if count == 0 { &[][..] } else { terms.of(0) };
    let lead_weight = terms.weight_of(lead);
    let mut seen = vec![0u32; terms.len()];
    for (i, f) in features.iter_mut().enumerate() {
        let own = terms.of(i);
        let weight = terms.weight_of(own);
        let share = |keep: &dyn Fn(TermId) -> bool| {
            ratio(own.iter().filter(|&&t| keep(t)).map(|&t| terms.weight(t)).sum(), weight)
        };
        let in_title = share(&|t| terms.is_in_title(t));
        f.set(Feature::TitleCovered, ratio(in_title * weight, terms.title_weight()));
        f.set(Feature::TitleShare, in_title);
        if i > 0 {
            let shared = terms.shared(lead, own);
            f.set(Feature::LeadCovered, ratio(shared, lead_weight));
            f.set(Feature::LeadShare, ratio(shared, weight));
            f.set(Feature::LikePrevious, ratio(terms.shared(terms.of(i - 1), own), weight));
        }
        if i + 1 < count {
            f.set(Feature::LikeNext, ratio(terms.shared(terms.of(i + 1), own), weight));
        }
        let mass: f32 = own.iter().map(|&t| terms.weight(t) * (terms.spread(t) - 1) as f32).sum();
        f.set(Feature::Centroid, ratio(mass, weight).ln_1p());
        f.set(Feature::Topic, share(&|t| topic[t as usize]));
        f.set(Feature::Known, share(&|t| seen[t as usize] > 0));
        f.set(Feature::TakenUp, share(&|t| terms.spread(t) > seen[t as usize] + 1));
        f.set(Feature::Rarity, ratio(weight, own.len() as f32));
        f.set(Feature::ContentShare, ratio(own.len() as f32, words[i] as f32));
        for &t in own {
            seen[t as usize] += 1;
        }
    }
}

/// The heaviest terms that stand in more than one sentence, as flags by term.
fn topic(terms: &Terms) -> Vec<bool> {
    let mut heaviest: Vec<TermId> = (0..terms.len() as TermId).filter(|&t| terms.spread(t) > 1).collect();
    let mass = |t| terms.spread(t) as f32 * terms.weight(t);
    heaviest.sort_by(|&a, &b| mass(b).total_cmp(&mass(a)).then(a.cmp(&b)));
    let mut flags = vec![false; terms.len()];
    for &term in heaviest.iter().take(TOPIC_TERMS) {
        flags[term as usize] = true;
    }
    flags
}

/// How it ends, and what stands in it: numbers, quotations, pronouns, days, verbs.
pub fn surface(known: &Known<'_>, features: &mut [Features]) {
    for (sentence, f) in known.document.sentences().iter().zip(features) {
        let tokens = known.document.tokens_of(sentence);
        let words = tokens.iter().filter(|t| !matches!(t.kind, TokenKind::Mark(_))).count();
        let count = |keep: fn(&Token) -> bool| tokens.iter().filter(|t| keep(t)).count();
        f.set(Feature::Numbers, count(|t| t.kind == TokenKind::Number).min(4) as f32);
        f.set(Feature::Day, flag(tokens.iter().any(|token| is_day(&token.key))));
        f.set(Feature::Quoted, ratio(quoted_words(tokens) as f32, words as f32));
        f.set(Feature::Pronouns, ratio(count(is_pronoun) as f32, words as f32));
        let last = tokens.iter().rev().find(|t| !is_closing(t));
        f.set(Feature::Unfinished, flag(!last.is_some_and(is_stop)));
        let verbs = known.words[sentence.tokens.clone()].iter().filter(|word| word.is_verb()).count();
        f.set(Feature::Verbs, verbs.min(9) as f32);
    }
}

/// Pronouns, demonstratives, and prepositions with a pronoun.
const PRONOUNS: &str = "\
    هذا، هذه، ذلك، تلك، هؤلاء، أولئك، هو، هي، هم، هما، إنه، إنها، إنهم، نحن، أنا، أنت، بهذا، لهذا، بذلك، لذلك، منه، \
    منها، فيه، فيها، عليه، عليها، له، لها، به، بها، عنه، عنها، إليه، إليها";

static PRONOUN_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(PRONOUNS)));

/// Whether the news name a day so: «الخميس», «أمس».
fn is_day(key: &str) -> bool {
    WordClass::Weekday.contains(key) || WordClass::NewsDay.contains(key)
}

fn is_pronoun(token: &Token) -> bool {
    let bare = token.key.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().nth(1).is_some());
    token.is_word() && PRONOUN_KEYS.contains(bare.unwrap_or(&token.key))
}

fn is_closing(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark('"' | '”' | '“' | '»' | ')' | '\'' | '’' | ']'))
}

fn quoted_words(tokens: &[Token]) -> usize {
    let (mut inside, mut count) = (false, 0);
    for token in tokens {
        match token.kind {
            TokenKind::Mark('"') => inside = !inside,
            TokenKind::Mark('«' | '“') => inside = true,
            TokenKind::Mark('»' | '”') => inside = false,
            TokenKind::Mark(_) => {}
            _ => count += usize::from(inside),
        }
    }
    count
}

/// Which figures and participants stand in it.
pub fn facts(document: &Document, facts: &Facts, features: &mut [Features]) {
    for f in features.iter_mut() {
        f.set(Feature::KeyFigure, NO_FIGURE);
    }
    for figure in &facts.figures {
        let Some(sentence) = document.sentence_at(figure.span.start) else { continue };
        let f = &mut features[sentence];
        f.set(Feature::Figures, (f.get(Feature::Figures) + 1.0).min(3.0));
        f.set(Feature::KeyFigure, f.get(Feature::KeyFigure).max(figure.salience));
    }
    let top = facts.people.iter().map(|p| p.salience).fold(0.0, f32::max);
    for person in &facts.people {
        for (at, sentence) in sentences(document, &person.mentions).enumerate() {
            let f = &mut features[sentence];
            f.set(Feature::TopPerson, ratio(person.salience, top).max(f.get(Feature::TopPerson)));
            f.set(Feature::NewPeople, f.get(Feature::NewPeople) + flag(at == 0));
        }
    }
    let bodies: Vec<_> = facts.organizations.iter().map(|o| (o.mentions.as_slice(), o.salience)).collect();
    let countries: Vec<_> = facts.countries.iter().map(|c| (c.mentions.as_slice(), c.salience)).collect();
    for (feature, named) in [(Feature::Bodies, bodies), (Feature::Countries, countries)] {
        let top = named.iter().map(|(_, salience)| *salience).fold(0.0, f32::max);
        for (mentions, salience) in named {
            for sentence in sentences(document, mentions) {
                let f = &mut features[sentence];
                f.set(feature, f.get(feature) + ratio(salience, top));
            }
        }
    }
}

/// The sentences that hold `mentions`, which come in source order, each once.
fn sentences(document: &Document, mentions: &[Span]) -> impl Iterator<Item = usize> {
    let mut last = None;
    mentions.iter().filter_map(move |mention| {
        let sentence = document.sentence_at(mention.start).filter(|sentence| last != Some(*sentence))?;
        last = Some(sentence);
        Some(sentence)
    })
}

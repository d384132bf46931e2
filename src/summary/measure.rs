//! How each feature is measured: position, terms, surface and facts, one pass for each.

use super::features::{Feature, Features};
use super::openers::{self, Opener};
use super::terms::{TermId, Terms, ratio};
use crate::facts::Facts;
use crate::text::fold::is_letter;
use crate::text::{Document, Span, Token, TokenKind};

fn flag(condition: bool) -> f32 {
    f32::from(u8::from(condition))
}

fn log1p(count: usize) -> f32 {
    (count as f32).ln_1p()
}

/// Where the sentence stands in the text and in its paragraph, and how long it is.
pub fn positions(document: &Document, words: &[usize], features: &mut [Features]) {
    let sentences = document.sentences();
    let total: usize = words.iter().sum();
    let mean = ratio(total as f32, words.len() as f32);
    let mut sizes = vec![0usize; document.paragraphs().len()];
    for sentence in sentences {
        sizes[sentence.paragraph] += 1;
    }
    let mut before = 0;
    let mut first_of_paragraph = 0;
    for (i, (sentence, f)) in sentences.iter().zip(features).enumerate() {
        if i > 0 && sentences[i - 1].paragraph != sentence.paragraph {
            first_of_paragraph = i;
        }
        f.set(Feature::First, flag(i == 0));
        f.set(Feature::Early, 1.0 / (1 + i) as f32);
        f.set(Feature::Position, i as f32 / sentences.len() as f32);
        f.set(Feature::Depth, log1p(before));
        f.set(Feature::Last, flag(i + 1 == sentences.len()));
        f.set(Feature::ParagraphFirst, flag(i == first_of_paragraph));
        f.set(Feature::ParagraphPlace, (i - first_of_paragraph).min(5) as f32);
        f.set(Feature::EarlyParagraph, 1.0 / (1 + sentence.paragraph) as f32);
        f.set(Feature::ParagraphSize, log1p(sizes[sentence.paragraph]));
        f.set(Feature::Words, log1p(words[i]));
        f.set(Feature::RelativeLength, ratio(words[i] as f32, mean).ln_1p());
        f.set(Feature::Short, flag(words[i] < 8));
        f.set(Feature::DocumentSentences, log1p(sentences.len()));
        f.set(Feature::DocumentSentenceWords, mean.ln_1p());
        f.set(Feature::HasTitle, flag(!document.headline_tokens().is_empty()));
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
        let in_title = share(&|t| terms.in_title(t));
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

/// How it opens and ends, and what stands in it: numbers, quotations, pronouns, days.
pub fn surface(document: &Document, features: &mut [Features]) {
    let mut after_heading = false;
    for (sentence, f) in document.sentences().iter().zip(features) {
        let tokens = document.tokens_of(sentence);
        let words = tokens.iter().filter(|t| !matches!(t.kind, TokenKind::Mark(_))).count();
        let count = |keep: fn(&Token) -> bool| tokens.iter().filter(|t| keep(t)).count();
        f.set(Feature::Numbers, count(|t| t.kind == TokenKind::Number).min(4) as f32);
        f.set(Feature::Year, flag(tokens.iter().any(is_year)));
        f.set(Feature::Day, flag(tokens.iter().any(openers::is_day)));
        f.set(Feature::Quoted, ratio(quoted_words(tokens) as f32, words as f32));
        f.set(Feature::Attributed, flag(tokens.iter().any(openers::is_attribution)));
        let opener = openers::opener(tokens);
        f.set(Feature::OpensSaying, flag(opener == Opener::Saying));
        f.set(Feature::OpensConnective, flag(opener == Opener::Connective));
        f.set(Feature::OpensBackground, flag(opener == Opener::Background));
        f.set(Feature::OpensPronoun, flag(opener == Opener::Pronoun));
        f.set(Feature::OpensPast, flag(opener == Opener::Past));
        f.set(Feature::OpensWaw, flag(openers::opens_with_waw(tokens)));
        f.set(Feature::Pronouns, ratio(count(openers::is_pronoun) as f32, words as f32));
        f.set(Feature::Question, flag(count(|t| t.is_mark('؟') || t.is_mark('?')) > 0));
        let last = tokens.iter().rev().find(|t| !is_closing(t));
        let finished = last.is_some_and(|t| matches!(t.kind, TokenKind::Mark('.' | '!' | '؟' | '?' | '…')));
        f.set(Feature::Unfinished, flag(!finished));
        f.set(
            Feature::Announces,
            flag(last.is_some_and(|t| matches!(t.kind, TokenKind::Mark(':' | '،' | ',')))),
        );
        f.set(Feature::Brackets, count(|t| t.is_mark('(')).min(3) as f32);
        f.set(Feature::Foreign, foreign_share(document.slice(sentence.span)));
        f.set(Feature::AfterHeading, flag(after_heading));
        after_heading = !finished && words <= 12;
    }
}

/// A number from 1000 to 2100 is read as a year.
fn is_year(token: &Token) -> bool {
    token.kind == TokenKind::Number && token.key.parse::<u32>().is_ok_and(|n| (1000..=2100).contains(&n))
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

fn foreign_share(text: &str) -> f32 {
    let (mut foreign, mut letters) = (0u32, 0u32);
    for c in text.chars().filter(|&c| is_letter(c)) {
        letters += 1;
        foreign += u32::from(c.is_ascii_alphabetic());
    }
    ratio(foreign as f32, letters as f32)
}

/// Which figures and participants stand in it.
pub fn facts(document: &Document, facts: &Facts, features: &mut [Features]) {
    let add = |features: &mut [Features], spans: &[Span], feature: Feature, top: f32| {
        let mut counted = None;
        for span in spans {
            let Some(sentence) = document.sentence_at(span.start) else { continue };
            if counted != Some(sentence) {
                let value = features[sentence].get(feature) + 1.0;
                features[sentence].set(feature, value.min(top));
            }
            counted = Some(sentence);
        }
    };
    for figure in &facts.figures {
        add(features, &[figure.span], Feature::Figures, 3.0);
    }
    let top = facts.people.iter().map(|p| p.salience).fold(0.0, f32::max);
    for person in &facts.people {
        add(features, &person.mentions, Feature::People, 3.0);
        for span in &person.mentions {
            if let Some(sentence) = document.sentence_at(span.start) {
                let salience = ratio(person.salience, top).max(features[sentence].get(Feature::TopPerson));
                features[sentence].set(Feature::TopPerson, salience);
            }
        }
    }
    for body in &facts.organizations {
        add(features, &body.mentions, Feature::Organizations, 3.0);
    }
    for country in &facts.countries {
        add(features, &country.mentions, Feature::Places, 3.0);
    }
    for place in &facts.places {
        add(features, &place.mentions, Feature::Places, 3.0);
    }
}

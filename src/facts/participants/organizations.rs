//! Mentions of bodies become bodies: one for each, with its short forms.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::judge::{self, Candidate};
use super::name::transliteration_key;
use super::{Judge, Story, salience};
use crate::facts::entities::Organization;
use crate::facts::gazetteer::{BodyKind, gazetteer};
use crate::facts::lexicon::{self, Class, HeadClass};
use crate::facts::mention::{Kind, Mention};
use crate::facts::morphology::{Nameness, TokenAnalysis};
use crate::text::fold::fold;
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;
use crate::text::{Span, one_line};

/// A body under way.
struct Entity<'m> {
    mentions: Vec<&'m Mention>,
    is_media: bool,
    aliases: Vec<String>,
}

/// Every body, most salient first.
pub fn find(story: &Story<'_>, judge: &Judge<'_>) -> Vec<Organization> {
    let mut entities: Vec<Entity<'_>> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for mention in story.of_kind(|kind| matches!(kind, Kind::Organization(_))) {
        let Kind::Organization(listed) = mention.kind else { continue };
        let key = if listed != 0 { format!("#{listed}") } else { key(story, mention) };
        let spelling = (listed != 0 && words(story, mention).len() == 1).then(|| self::key(story, mention));
        let index = *by_key.entry(key).or_insert_with(|| {
            entities.push(Entity {
                mentions: Vec::new(),
                is_media: is_media(story, mention, listed),
                aliases: Vec::new(),
            });
            entities.len() - 1
        });
        entities[index].mentions.push(mention);
        // «ستاربكس» is listed, «ستارباكس» is not.
        if let Some(spelling) = spelling {
            by_key.entry(spelling).or_insert(index);
        }
        if let Some((alias, key)) = short_form(story, mention) {
            if !entities[index].aliases.contains(&alias) {
                entities[index].aliases.push(alias);
            }
            // «شركة السيارات (تسلا)», where «تسلا» was named before: one body.
            match by_key.get(&key) {
                Some(&known) if known != index && entities[index].mentions.len() == 1 => {
                    let fresh = std::mem::take(&mut entities[index].mentions);
                    entities[known].mentions.extend(fresh);
                }
                _ => {
                    by_key.entry(key).or_insert(index);
                }
            }
        }
    }
    entities.retain(|entity| !entity.mentions.is_empty());
    let entities = merge(story, entities);
    let mut organizations: Vec<Organization> =
        entities.iter().map(|entity| describe(story, entity)).collect();
    let all = [entities.iter().map(|entity| entity.mentions.len()).sum(), entities.len()];
    let kin = judge::kin(organizations.iter().map(|body| body.name.as_str()));
    for ((body, entity), kin) in organizations.iter_mut().zip(&entities).zip(kin) {
        let row = judge::body(story, &entity.mentions, all, kin, entity.is_media, !entity.aliases.is_empty());
        let names: Vec<&str> = std::iter::once(&body.name).chain(&body.aliases).map(String::as_str).collect();
        body.likelihood = judge(Candidate::Body, &names, entity.mentions[0].span, &row);
    }
    organizations.retain(|body| Candidate::Body.takes_part(body.likelihood));
    organizations.sort_by(|a, b| b.salience.total_cmp(&a.salience).then(a.mentions[0].cmp(&b.mentions[0])));
    join_same(organizations)
}

/// Joins bodies that would be shown under one name: «أرسنال», «نادي أرسنال».
fn join_same(organizations: Vec<Organization>) -> Vec<Organization> {
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut joined: Vec<Organization> = Vec::new();
    for body in organizations {
        let name = fold(&body.name);
        let at = *by_name.entry(name.strip_prefix("ال").unwrap_or(&name).to_owned()).or_insert(joined.len());
        match joined.get_mut(at) {
            None => joined.push(body),
            Some(known) => {
                known.mentions.extend(body.mentions);
                known.mentions.sort_unstable();
                known.likelihood = known.likelihood.max(body.likelihood);
                let fresh = body.aliases.into_iter().filter(|alias| !known.aliases.contains(alias));
                let fresh: Vec<String> = fresh.collect();
                known.aliases.extend(fresh);
            }
        }
    }
    joined
}

/// Joins a shorter name to the longer one that begins with it, «قوات النظام» to «قوات النظام السوري», or that is it with its head before,
/// «جبهة النصرة» to «تنظيم جبهة النصرة»; of several to the one that was named last.
fn merge<'m>(story: &Story<'_>, entities: Vec<Entity<'m>>) -> Vec<Entity<'m>> {
    let names: Vec<Vec<String>> = entities.iter().map(|entity| longest(story, entity)).collect();
    let alone: HashSet<&str> =
        names.iter().filter(|name| name.len() == 1).map(|name| name[0].as_str()).collect();
    // The longer names by what they may be called for short.
    let mut longer: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        // «الفجيرة حتا» are two, where «حتا» stands alone as well.
        let two = name.last().is_some_and(|last| alone.contains(last.as_str()));
        let shortest = if !two && is_known_by_first(story, &entities[index]) { 1 } else { 2 };
        for count in shortest..name.len() {
            longer.entry(name[..count].join(" ")).or_default().push(index);
        }
        if name.len() > 1 && WordClass::AppositiveHead.contains(&name[0]) {
            longer.entry(name[1..].join(" ")).or_default().push(index);
        }
    }
    let into: Vec<Option<usize>> = names
        .iter()
        .enumerate()
        .map(|(index, name)| match longer.get(&name.join(" ")).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            Some(several) => {
                let here = entities[index].mentions[0].tokens.start;
                let before =
                    several.iter().filter_map(|&other| Some((last_before(&entities[other], here)?, other)));
                before.max().map(|(_, other)| other)
            }
            None => None,
        })
        .collect();
    let mut merged: Vec<Option<Entity<'m>>> = entities.into_iter().map(Some).collect();
    // The shortest first, so that what was joined to a name goes with it.
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&index| names[index].len());
    for index in order {
        let Some(target) = into[index] else { continue };
        let Some(entity) = merged[index].take() else { continue };
        if let Some(target) = merged[target].as_mut() {
            target.mentions.extend(entity.mentions);
            target.mentions.sort_by_key(|m| m.tokens.start);
            target.aliases.extend(entity.aliases);
        }
    }
    merged.into_iter().flatten().collect()
}

/// Where the entity is named last before the token at `before`.
fn last_before(entity: &Entity<'_>, before: usize) -> Option<usize> {
    let behind = entity.mentions.partition_point(|mention| mention.tokens.start < before);
    Some(entity.mentions[behind.checked_sub(1)?].tokens.start)
}

/// Whether a body of this name goes by its first word alone: «أتلتيكو مدريد», «الأهلي المصري», «أرسنال الإنجليزي لكرة القدم», but not «الاتحاد المصري» beside the
/// club «الاتحاد», nor «قناة السويس ممر».
fn is_known_by_first(story: &Story<'_>, entity: &Entity<'_>) -> bool {
    let everyday =
        |word: &TokenAnalysis<'_>| word.nameness < Nameness::Strong && word.evidence.documents >= 7;
    let names = |word: &TokenAnalysis<'_>| {
        word.is_bare() && (word.is_nationality() || word.sense.city > 0 || !everyday(word))
    };
    entity.mentions.iter().take(MENTIONS).any(|mention| match &story.analyses[mention.tokens.clone()] {
        [first, second] => !is_general(first) && names(second),
        [first, second, ..] => {
            !is_general(first) && (second.is_nationality() || second.preposition == Some('ل'))
        }
        _ => false,
    })
}

/// Whether the word is a noun of bodies, with the article or without: «اتحاد», «الاتحاد».
fn is_general(word: &TokenAnalysis<'_>) -> bool {
    let bare = word.stem.strip_prefix("ال").unwrap_or(&word.stem);
    lexicon::organization_head(bare).is_some() || lexicon::organization_head(&format!("ال{bare}")).is_some()
}

/// The words of the entity's longest name, as keys.
fn longest(story: &Story<'_>, entity: &Entity<'_>) -> Vec<String> {
    let names = entity.mentions.iter().take(MENTIONS).map(|m| words(story, m));
    names.max_by_key(Vec::len).unwrap_or_default()
}

/// How many mentions of a body are looked at for its name.
const MENTIONS: usize = 50;
/// A longer name of which the tagger is only half as sure has run on: «قوات التحالف \[والميليشيات الموالية\]».
const SURE_SHARE: f32 = 0.5;

fn describe(story: &Story<'_>, entity: &Entity<'_>) -> Organization {
    let headline = entity.mentions.iter().any(|m| salience::is_in_headline(story, m));
    let name = judge::naming(&entity.mentions, SURE_SHARE)
        .map(|m| shown(story, m))
        .max_by_key(|name| name.split(' ').count().min(6))
        .unwrap_or_default();
    let aliases = entity.aliases.iter().filter(|alias| !name.contains(alias.as_str())).cloned().collect();
    let spoken = entity.mentions.iter().filter(|m| salience::is_saying(story, m)).count();
    let weight = entity.mentions.len() as f32 + 2.0 * spoken as f32;
    let first = entity.mentions[0].tokens.start;
    let opens = entity.mentions.iter().any(|m| salience::is_first_of_headline(story, m));
    let weight = if opens { weight + 2.0 } else { weight };
    let salience = salience::share(story, first, weight, headline);
    let mentions = entity.mentions.iter().map(|m| m.span).collect();
    Organization { name, aliases, mentions, salience, likelihood: 0.0 }
}

/// The mention's words as shown: a business or a paper without its head noun, a club without its sport («أرسنال الإنجليزي \[لكرة القدم\]»), no
/// quotation marks.
fn shown(story: &Story<'_>, mention: &Mention) -> String {
    let mut tokens = mention.tokens.clone();
    let class = story.analyses[tokens.start].organization;
    let rest = &story.analyses[tokens.start + 1..tokens.end];
    let club = WordClass::Club.contains(&story.analyses[tokens.start].stem);
    if (club || matches!(class, Some(HeadClass::Business | HeadClass::Media)))
        && rest.first().is_some_and(|w| !w.is_nationality() && !w.is_definite())
    {
        tokens.start += 1;
    }
    if let [first, second, third, ..] = &story.analyses[tokens.clone()]
        && !is_general(first)
        && second.is_nationality()
        && third.preposition == Some('ل')
    {
        tokens.end = tokens.start + 2;
    }
    // «[ل]بي بي سي»: what a list knows begins inside the word.
    let whole = tokens.start == mention.tokens.start;
    let start = if whole { mention.span.start } else { story.analyses[tokens.start].start };
    let article = story.analyses[tokens.start].key.contains("لل")
        && story.analyses[tokens.start].preposition == Some('ل');
    let name = Span::new(start, story.analyses[tokens.end - 1].span.end).of(story.text());
    let name: String = name.chars().filter(|c| !matches!(c, '"' | '“' | '”' | '«' | '»' | '#')).collect();
    let name = one_line(&name.replace('_', " "));
    if article && !name.starts_with("ال") {
        format!("ال{}", name.strip_prefix('ل').unwrap_or(&name))
    } else {
        name
    }
}

fn key(story: &Story<'_>, mention: &Mention) -> String {
    let words = words(story, mention);
    // «فريق العين»: what a list has with the article only.
    if mention.tokens.len() > 1 && words.len() == 1 {
        let sense = gazetteer().sense(&format!("ال{}", words[0])).unwrap_or_default();
        if sense.body != 0 {
            return format!("#{}", sense.body);
        }
    }
    match &words[..] {
        // «ستاربكس», «ستارباكس»: a foreign name has many spellings.
        [single] if !story.analyses[mention.tokens.start].is_definite() => transliteration_key(single),
        _ => words.join(" "),
    }
}

/// The words of a mention as keys: no article, a nationality in one spelling, a business without its head noun.
fn words(story: &Story<'_>, mention: &Mention) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut nationality = false;
    for (at, analysis) in
        story.analyses[mention.tokens.clone()].iter().enumerate().filter(|(_, l)| l.is_word())
    {
        let word = if at == 0 { &*analysis.stem } else { analysis.key };
        nationality = at > 0 && analysis.is_nationality();
        // «منتخب تونس» is «المنتخب التونسي».
        if at == 1 && WordClass::NationalTeam.contains(&words[0]) && analysis.sense.country != 0 {
            words.push(format!("#{}", analysis.sense.country));
            continue;
        }
        // «الإدارة الأمريكية», «الإدارة الأميركية».
        words.push(if nationality {
            format!("#{}", analysis.sense.nisba)
        } else {
            let word = word.strip_prefix("ال").unwrap_or(word);
            // «الأرثوذكسية», «الأرثوذوكسية».
            if word.chars().count() >= 8 { transliteration_key(word) } else { word.to_owned() }
        });
    }
    let club = WordClass::Club.contains(&words[0]);
    let business =
        matches!(lexicon::organization_head(&words[0]), Some(HeadClass::Business | HeadClass::Media));
    if words.len() > 1 && (club || business) {
        words.remove(0);
        // «نادي العين الإماراتي» is «العين».
        if words.len() > 1 && nationality {
            words.pop();
        }
    }
    words
}

fn is_media(story: &Story<'_>, mention: &Mention, listed: u16) -> bool {
    match gazetteer().body(listed) {
        Some(body) => body.kind == BodyKind::Media,
        None => story.analyses[mention.tokens.start].organization == Some(HeadClass::Media),
    }
}

/// Whether a word can stand in a short form: «(قسد)», «(الخوذات البيضاء)», but not «(التابع لـ…)», «(وشركتها الأم)», «(على …)».
fn is_short(word: &TokenAnalysis<'_>) -> bool {
    let names = word.evidence.as_name >= 2 || word.evidence.given >= 5;
    // «(الأقل حظا)» compares, «(أنشأت)», «(تطرد)» tell.
    let compares = word.stem.starts_with("الا") && word.stem.chars().count() <= 6 && word.sense.body == 0;
    let tells = !word.is_definite()
        && word.sense.body == 0
        && word.evidence.documents >= 4
        && (word.stem.starts_with('ت') || (word.stem.ends_with('ت') && word.stem.chars().count() <= 5));
    word.is_word()
        && word.is_bare()
        && word.class == Class::Open
        && word.head.is_none()
        && !WordClass::Belonging.has_start_of(&word.stem)
        && !word.stem.ends_with("ها")
        && !compares
        && !tells
        && (word.sense.body != 0 || word.is_definite() || (word.evidence.documents <= 9 && !names))
}

/// A short form right behind the name: «… الديمقراطية” (قسد)», «حلف شمال الأطلسي “ناتو”»; with its key.
fn short_form(story: &Story<'_>, mention: &Mention) -> Option<(String, String)> {
    let sentence = story.analyses[mention.tokens.start].sentence;
    let after: Vec<_> =
        story.analyses[mention.tokens.end..].iter().take(8).take_while(|l| l.sentence == sentence).collect();
    let mut at = 0;
    if after.first().is_some_and(|l| matches!(l.span.of(story.text()), "”" | "»" | "\""))
        && after.get(1).is_some_and(|l| !l.is_word())
    {
        at = 1;
    }
    let open = after.get(at)?;
    if !(open.is_mark('(') || open.is_quote()) {
        return None;
    }
    let words = after[at + 1..].iter().take_while(|l| l.is_word()).count();
    if !after[at + 1..=(at + words).min(after.len() - 1)].iter().all(|l| is_short(l)) {
        return None;
    }
    let close = after.get(at + 1 + words)?;
    if !(1..=4).contains(&words) || !(close.is_mark(')') || close.is_quote()) {
        return None;
    }
    // «(ممارسة الضغط)», «أقر المجلس "مبدأ الأخوة"»: a short form of several words begins with a name, a head noun or the article; in
    // quotation marks one word is no everyday one («باريس سان جرمان "جاهز"»).
    let first = after[at + 1];
    let noun = DocumentFrequencies::words().count_definite(&first.stem) > 0.0;
    let everyday = first.nameness == Nameness::No;
    let says = if words > 1 { everyday || noun } else { everyday && noun && !open.is_mark('(') };
    let plain = says && !first.is_definite() && first.organization.is_none() && first.sense.body == 0;
    if plain {
        return None;
    }
    let span = Span::new(after[at + 1].span.start, after[at + words].span.end);
    let key: Vec<&str> =
        after[at + 1..=at + words].iter().map(|l| l.key.strip_prefix("ال").unwrap_or(l.key)).collect();
    Some((span.of(story.text()).to_owned(), key.join(" ")))
}

#[cfg(test)]
mod tests {
    use crate::facts::participants::find_by;
    use crate::text::Document;

    /// Each body that `text` could name, with how often it is named.
    fn named(text: &str) -> Vec<(String, usize)> {
        let found = find_by(&Document::new("", text), &|_, _, _, _| 1.0).organizations;
        found.into_iter().map(|body| (body.name, body.mentions.len())).collect()
    }

    #[test]
    fn a_body_is_one_with_its_head_and_without() {
        let text =
            "أعلنت حركة أحرار الشام في بيان أنها انسحبت. وقالت أحرار الشام في البيان إن مقاتليها غادروا أمس.";
        let found = named(text);
        assert!(found.contains(&("حركة أحرار الشام".to_owned(), 2)), "{found:?}");
    }

    #[test]
    fn a_short_name_is_the_one_named_last() {
        let text = "استدعت وزارة الخارجية الإيرانية السفير أمس. وردت وزارة الخارجية العراقية بأنها ستبحث الأمر. وأضافت وزارة الخارجية أن السفير سيعود.";
        let found = named(text);
        assert!(found.contains(&("وزارة الخارجية العراقية".to_owned(), 2)), "{found:?}");
    }
}

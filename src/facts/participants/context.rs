//! Countries and bodies that the words around a title tell, where the title itself names none.

use foldhash::{HashMap, HashMapExt};

use super::{Story, countries};
use crate::facts::gazetteer::{BodyKind, gazetteer};
use crate::facts::mention::{Kind, Mention, Naming, body};

/// The country of each kind of power that the text speaks of with one nationality only: «الإدارة الأمريكية» makes «إدارة ترامب»
/// America's, «النظام السوري» makes «نظام الأسد» Syria's.
pub fn governments<'s>(story: &'s Story<'_>) -> HashMap<&'s str, u16> {
    const POWERS: &[&str] = &["اداره", "حكومه", "نظام"];
    let mut found: HashMap<&str, u16> = HashMap::new();
    let mut several: Vec<&str> = Vec::new();
    for pair in story.lexemes.windows(2) {
        let [power, nationality] = pair else { continue };
        let Some(bare) = power.stem.strip_prefix("ال").filter(|bare| POWERS.contains(bare)) else {
            continue;
        };
        if !nationality.is_nisba() || !nationality.definite() || power.sentence != nationality.sentence {
            continue;
        }
        if *found.entry(bare).or_insert(nationality.sense.nisba) != nationality.sense.nisba {
            several.push(bare);
        }
    }
    found.retain(|power, _| !several.contains(power));
    found
}

/// «اعترض نادي العين الإماراتي على لسان مشرف الفريق …»: the country of the body that the holder speaks for.
pub fn spoken_for(story: &Story<'_>, at: usize) -> u16 {
    let speaks = at >= 2 && story.lexemes[at - 1].key == "لسان" && story.lexemes[at - 2].key == "علي";
    if !speaks {
        return 0;
    }
    let sentence = story.lexemes[at].sentence;
    (at.saturating_sub(12)..at - 2)
        .rev()
        .take_while(|&i| story.lexemes[i].sentence == sentence)
        .find(|&i| story.lexemes[i].is_nisba())
        .map_or(0, |i| story.lexemes[i].sense.nisba)
}

/// Who belong to a team.
const PLAYERS: &[&str] = &["مدرب", "لاعب", "مهاجم", "مدافع", "حارس", "جناح", "هداف", "نجم", "قائد"];

/// Whether the holder of the office `singular` belongs to a team.
pub fn is_players(singular: &str) -> bool {
    PLAYERS.contains(&singular)
}

/// The mentions before `at` in its sentence, the nearest first.
fn before<'s>(story: &'s Story<'_>, at: usize) -> impl Iterator<Item = &'s Mention> {
    let sentence = story.lexemes[at].sentence;
    let last = story.mentions.partition_point(|m| m.tokens.start < at);
    let mentions = story.mentions[..last].iter().rev().take(BEFORE);
    mentions.take_while(move |m| story.lexemes[m.tokens.start].sentence == sentence)
}

/// How many mentions back a country is looked for.
const BEFORE: usize = 40;

/// The country that the sentence names before `at`, if it names no other: «خسرت [بيرو] رغم جهود قائدها باولو غيريرو».
pub fn only_country(story: &Story<'_>, at: usize) -> u16 {
    let mut named = before(story, at).filter_map(|m| match m.kind {
        Kind::Country(id, _) => Some(id),
        _ => None,
    });
    let first = named.next().unwrap_or(0);
    if named.all(|other| other == first) { first } else { 0 }
}

/// The body that the pronoun of «ممثلتها» stands for, where nothing nearer in the sentence is a country.
pub fn body_before(story: &Story<'_>, at: usize) -> Option<String> {
    let sentence = story.lexemes[at].sentence;
    let last = story.mentions.partition_point(|m| m.tokens.start < at);
    let mut before = story.mentions[..last].iter().rev().take(20);
    // «غرد النادي على موقع تويتر بعد إقالة [مدربه]»: nobody coaches a site.
    let coaches = story.lexemes[at].head.is_some_and(|head| is_players(head.singular));
    let carries = |m: &Mention| {
        let Kind::Body(id) = m.kind else { return false };
        gazetteer().body(id).is_some_and(|body| matches!(body.kind, BodyKind::Media | BodyKind::Company))
    };
    let nearest = before
        .by_ref()
        .take_while(|m| story.lexemes[m.tokens.start].sentence == sentence)
        .filter(|m| !(coaches && carries(m)))
        .find(|m| matches!(m.kind, Kind::Body(_) | Kind::Country(_, Naming::Name)))?;
    // «منظمة الأغذية والزراعة (فاو)»: the name, not its short form.
    let full =
        before.next().filter(|m| matches!(m.kind, Kind::Body(_)) && m.tokens.end + 1 == nearest.tokens.start);
    matches!(nearest.kind, Kind::Body(_)).then(|| full.unwrap_or(nearest).span.of(story.text()).to_owned())
}

/// The country that a pronoun right of it stands for: the last one named before, in the sentence or the one before.
pub fn nearest_country(story: &Story<'_>, at: usize) -> u16 {
    let sentence = story.lexemes[at].sentence;
    let last = story.mentions.partition_point(|m| m.tokens.start < at);
    story.mentions[..last]
        .iter()
        .rev()
        .take(60)
        .take_while(|m| story.lexemes[m.tokens.start].sentence + 1 >= sentence)
        .find_map(|m| match m.kind {
            Kind::Country(id, _) => Some(id),
            _ => None,
        })
        .unwrap_or(0)
}

/// «عن الجانب السعودي، … وزير الخارجية»: the side that the sentence speaks of before the title.
pub fn side(story: &Story<'_>, at: usize) -> u16 {
    const SIDES: &[&str] = &["الجانب", "الوفد", "الطرف", "جانب"];
    let sentence = story.lexemes[at].sentence;
    (1..at)
        .rev()
        .take(30)
        .take_while(|&i| story.lexemes[i].sentence == sentence)
        .find(|&i| story.lexemes[i].is_nisba() && SIDES.contains(&&*story.lexemes[i - 1].stem))
        .map_or(0, |i| story.lexemes[i].sense.nisba)
}

/// «انتخب البرلمان العراقي … رئيسا»: the state whose body the sentence speaks of before the title.
pub fn state_body(story: &Story<'_>, at: usize) -> u16 {
    before(story, at)
        .find_map(|m| {
            let before = &story.lexemes[m.tokens.start.checked_sub(1)?];
            let state =
                before.definite() && body::head(&before.stem).is_some() && body::of_state(&before.stem);
            match m.kind {
                Kind::Country(id, Naming::Nationality) if state => Some(id),
                _ => None,
            }
        })
        .unwrap_or(0)
}

/// «في جنوب العراق … أعلن رئيس الوزراء حيدر العبادي»: the country that the sentence has named last before the title.
pub fn same_sentence(story: &Story<'_>, at: usize) -> u16 {
    let dateline = countries::dateline(&story.lexemes);
    // «أكد الناطق باسم البنتاغون أن وزير الدفاع …»: whose power sits there.
    let seat = |id| gazetteer().body(id).map(|body| body.country).filter(|country| *country != 0);
    before(story, at)
        .take_while(|m| m.tokens.start >= dateline)
        .find_map(|m| match m.kind {
            Kind::Country(id, Naming::Name | Naming::Nationality) => Some(id),
            Kind::Body(id) => seat(id),
            _ => None,
        })
        .unwrap_or(0)
}

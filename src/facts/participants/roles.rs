//! Who holds what: offices found around the mentions, shared titles dealt out, countries filled in.

use std::collections::HashMap;

use super::Story;
use crate::facts::gazetteer::titles::{Count, TitleClass};
use crate::facts::gazetteer::{Inflection, gazetteer};
use crate::facts::mention::{Kind, Mention, Naming, body};
use crate::facts::title::office::{self, Office};
use crate::facts::title::{self};

/// What a person holds, in words.
#[derive(Debug, Default)]
pub struct Holder {
    /// The role without the country.
    pub role: String,
    /// The country's common name.
    pub country: String,
    /// Both as shown.
    pub title: String,
    /// Whether the country was only guessed, from what the sentence or the story is about.
    pub guessed: bool,
}

/// An office with the country that belongs to its holder.
#[derive(Clone, Debug)]
pub struct Held {
    office: Office,
    country: u16,
    /// Its head's token.
    at: usize,
}

/// The offices around each of the people's mentions.
pub fn offices(story: &Story<'_>, people: &[&Mention]) -> Vec<Vec<Held>> {
    let lexemes = &story.lexemes[..];
    let read = |title: &title::Title| office::read(story.text(), lexemes, title);
    let mut all: Vec<Vec<Held>> = Vec::with_capacity(people.len());
    // The title that the names of a list share, and how many of its holders have been named.
    let mut shared: Option<(Office, usize)> = None;
    for (index, person) in people.iter().enumerate() {
        let mut held = Vec::new();
        let start = person.tokens.start;
        let previous = index.checked_sub(1).map(|i| people[i]);
        let joined = previous.filter(|p| coordinates(story, p, person));
        if joined.is_none() {
            shared = None;
        }
        let before = title::before(lexemes, start).filter(|t| {
            previous.is_none_or(|p| p.tokens.end <= t.tokens.start || p.tokens.start == t.tokens.start + 1)
        });
        if let Some(title) = before {
            let mut office = read(&title);
            let at = title.tokens.start;
            if office.class == TitleClass::Peer {
                office = as_peer(story, office, at, &all, people);
            }
            let country = office.countries.first().copied().unwrap_or(0);
            if !matches!(office.class, TitleClass::Honour | TitleClass::Rank | TitleClass::Kin) {
                shared = Some((office.clone(), 1));
            }
            if title.head.possessive()
                && !matches!(title.head.class, TitleClass::Kin | TitleClass::Peer)
                && let Some(body) = body_before(story, at)
            {
                office.within(&body);
            }
            let country = if office.pronoun && country == 0 { nearest_country(story, at) } else { country };
            if office.class == TitleClass::Kin && office.pronoun {
                office.of(previous.map_or("", |p| p.span.of(story.text())));
            }
            held.push(Held { office, country, at });
        } else if let (Some(previous), Some((office, named))) = (joined, shared.as_mut()) {
            // «… سامح شكري وأيمن الصفدي», «… دونالد ترامب والروسي فلاديمير بوتين».
            let own = country_between(story, previous, person);
            if own != 0 || office.count != Count::One {
                let country = if own != 0 { own } else { office.countries.get(*named).copied().unwrap_or(0) };
                *named += 1;
                held.push(Held { office: office.clone(), country, at: start });
            }
        }
        if held.is_empty()
            && let Some(office) = named(story, previous.map_or(0, |p| p.tokens.end), start)
        {
            let country = office.countries.first().copied().unwrap_or(0);
            held.push(Held { office, country, at: start });
        }
        if held.is_empty()
            && let Some(country) = nationality_before(story, start)
        {
            held.push(Held { office: Office::none(), country, at: start });
        }
        if let Some(title) = title::after(lexemes, person.tokens.end) {
            let taken = people.get(index + 1).is_some_and(|next| {
                title::before(lexemes, next.tokens.start).is_some_and(|t| {
                    t.tokens.start < title.tokens.end && next.tokens.start <= title.tokens.end
                })
            });
            if !taken {
                let office = read(&title);
                let country = office.countries.first().copied().unwrap_or(0);
                let country = if office.pronoun && country == 0 {
                    nearest_country(story, title.tokens.start)
                } else {
                    country
                };
                held.push(Held { office, country, at: title.tokens.start });
            }
        }
        all.push(held);
    }
    all
}

/// «مستثمر سوري مقيم بالأردن اسمه هشام فريون»: what the named one was said to be, with the nationality right behind it.
fn named(story: &Story<'_>, from: usize, start: usize) -> Option<Office> {
    let word = &story.lexemes[start.checked_sub(1)?];
    if !title::NAMED.contains(&word.key) {
        return None;
    }
    let at = (start.saturating_sub(16).max(from)..start.saturating_sub(1))
        .rev()
        .take_while(|&i| story.lexemes[i].sentence == word.sentence)
        .find(|&i| {
            let lexeme = &story.lexemes[i];
            lexeme.preposition.is_none()
                && lexeme.head.is_some_and(|h| {
                    matches!(h.class, TitleClass::Office | TitleClass::Work)
                        && !h.everyday
                        && h.count == Count::One
                        && h.singular != "مقيم"
                })
        })?;
    let head = story.lexemes[at].head?;
    let words = head.singular.split(' ').count();
    let nationality = story.lexemes.get(at + words).filter(|l| l.is_nisba()).map(|l| l.sense.nisba);
    let article = if head.definite() && !head.singular.starts_with("ال") { "ال" } else { "" };
    let role = format!("{article}{}", head.singular);
    Some(Office {
        shown: role.clone(),
        role,
        countries: nationality.into_iter().collect(),
        class: head.class,
        feminine: head.feminine,
        ..Office::none()
    })
}

/// «عن البرتغالي كريستيانو رونالدو»: the nationality right before a name, with no noun that it describes.
fn nationality_before(story: &Story<'_>, start: usize) -> Option<u16> {
    let word = &story.lexemes[start.checked_sub(1)?];
    if title::NAMED.contains(&word.key) {
        // «فلسطيني مصاب يدعى عبد الفتاح الشريف».
        let before = (start.saturating_sub(4)..start - 1).rev().map(|i| &story.lexemes[i]);
        return before
            .take_while(|l| l.is_word() && l.sentence == word.sentence)
            .find(|l| l.is_nisba())
            .map(|l| l.sense.nisba);
    }
    let singular = matches!(word.sense.inflection, Inflection::Masculine | Inflection::Feminine);
    let alone = start < 2 || !story.lexemes[start - 2].definite() || !word.bare();
    let adjacent = word.sentence == story.lexemes[start].sentence && story.lexemes[start].bare();
    (word.is_nisba() && word.definite() && singular && alone && adjacent).then_some(word.sense.nisba)
}

/// Whether only «و», commas, a nationality and a peer's title stand between two names.
fn coordinates(story: &Story<'_>, previous: &Mention, person: &Mention) -> bool {
    let gap = previous.tokens.end..person.tokens.start;
    if gap.len() > 4
        || story.lexemes[previous.tokens.start].sentence != story.lexemes[person.tokens.start].sentence
    {
        return false;
    }
    let between = &story.lexemes[gap];
    let conjunction = story.lexemes[person.tokens.start].conjunction
        || between.iter().any(|l| l.conjunction || l.key == "و");
    let list = between.len() == 1 && between[0].is_mark('،');
    (conjunction || list)
        && between.iter().all(|l| {
            l.is_mark('،')
                || l.key == "و"
                || l.is_nisba()
                || l.sense.country != 0
                || l.head.is_some_and(|h| matches!(h.class, TitleClass::Peer | TitleClass::Honour))
        })
}

/// The country between two names of a list: «… والروسي فلاديمير بوتين».
fn country_between(story: &Story<'_>, previous: &Mention, person: &Mention) -> u16 {
    story.lexemes[previous.tokens.end..person.tokens.start]
        .iter()
        .map(|l| if l.sense.nisba != 0 { l.sense.nisba } else { l.sense.country })
        .find(|&id| id != 0)
        .unwrap_or(0)
}

/// «نظيره الفرنسي»: the office of the person or the title before it, with the peer's own country.
fn as_peer(story: &Story<'_>, peer: Office, at: usize, held: &[Vec<Held>], people: &[&Mention]) -> Office {
    let sentence = story.lexemes[at].sentence;
    let named = held.iter().zip(people).rev().find_map(|(offices, person)| {
        let office = offices
            .iter()
            .find(|h| !matches!(h.office.class, TitleClass::Honour | TitleClass::Rank | TitleClass::Kin))?;
        (story.lexemes[person.tokens.start].sentence + 2 > sentence)
            .then_some((person.tokens.start, &office.office))
    });
    // A title alone, nearer than the last named holder: «أجرى وزير الخارجية المصري اتصالا بنظيره …».
    let alone = (at.saturating_sub(40)..at)
        .rev()
        .take_while(|&i| story.lexemes[i].sentence == sentence)
        .find_map(|i| {
            let title = title::alone(&story.lexemes, i)?;
            Some((i, office::read(story.text(), &story.lexemes, &title)))
        });
    let model = match (named, alone) {
        (Some((near, office)), Some((title_at, _))) if near > title_at => office.clone(),
        (_, Some((_, office))) => office,
        (Some((_, office)), None) => office.clone(),
        (None, None) => return Office { role: String::new(), ..peer },
    };
    let role = if peer.feminine { model.role.clone() } else { masculine(&model.role) };
    let country = peer.countries.first().copied().unwrap_or(0);
    let shown = match nationality(story, country, peer.feminine) {
        Some(word) => format!("{role} {word}"),
        None => role.clone(),
    };
    Office {
        shown,
        role,
        countries: peer.countries,
        place: 0,
        pronoun: false,
        count: Count::One,
        genitive: false,
        feminine: peer.feminine,
        class: model.class,
    }
}

/// «وزيرة الخارجية» → «وزير الخارجية», for a man who is the peer of a woman.
fn masculine(role: &str) -> String {
    match role.split_once(' ') {
        Some((head, rest)) => format!("{} {rest}", head.strip_suffix('ة').unwrap_or(head)),
        None => role.strip_suffix('ة').unwrap_or(role).to_owned(),
    }
}

/// The body that the pronoun of «ممثلتها» stands for, where nothing nearer in the sentence is a country.
fn body_before(story: &Story<'_>, at: usize) -> Option<String> {
    let sentence = story.lexemes[at].sentence;
    let last = story.mentions.partition_point(|m| m.tokens.start < at);
    let mut before = story.mentions[..last].iter().rev().take(20);
    let nearest = before
        .by_ref()
        .take_while(|m| story.lexemes[m.tokens.start].sentence == sentence)
        .find(|m| matches!(m.kind, Kind::Body(_) | Kind::Country(_, Naming::Name)))?;
    // «منظمة الأغذية والزراعة (فاو)»: the name, not its short form.
    let full =
        before.next().filter(|m| matches!(m.kind, Kind::Body(_)) && m.tokens.end + 1 == nearest.tokens.start);
    matches!(nearest.kind, Kind::Body(_)).then(|| full.unwrap_or(nearest).span.of(story.text()).to_owned())
}

/// The country that a pronoun right of it stands for: the last one named before, in the sentence or the one before.
fn nearest_country(story: &Story<'_>, at: usize) -> u16 {
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
fn side(story: &Story<'_>, at: usize) -> u16 {
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
fn state_body(story: &Story<'_>, at: usize) -> u16 {
    let sentence = story.lexemes[at].sentence;
    let last = story.mentions.partition_point(|m| m.tokens.start < at);
    story.mentions[..last]
        .iter()
        .rev()
        .take(40)
        .take_while(|m| story.lexemes[m.tokens.start].sentence == sentence)
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
fn same_sentence(story: &Story<'_>, at: usize) -> u16 {
    let sentence = story.lexemes[at].sentence;
    let last = story.mentions.partition_point(|m| m.tokens.start < at);
    let dateline = super::countries::dateline(&story.lexemes);
    story.mentions[..last]
        .iter()
        .rev()
        .take(40)
        .take_while(|m| m.tokens.start >= dateline)
        .take_while(|m| story.lexemes[m.tokens.start].sentence == sentence)
        .find_map(|m| match m.kind {
            Kind::Country(id, Naming::Name | Naming::Nationality) => Some(id),
            _ => None,
        })
        .unwrap_or(0)
}

/// Whether the office is one of the country that the story is about, as far as its words say: «قائد الاحتجاجات», «حاكم المقاطعة»,
/// but not «خبير», and nothing of bodies that belong to no country.
fn local(office: &Office) -> bool {
    const HEADS: &[&str] = &[
        "قائد",
        "حاكم",
        "مدير",
        "ناطق",
        "متحدث",
        "مسؤول",
        "عضو",
        "قاضي",
        "مرشح",
        "ناشط",
        "معارض",
        "جندي",
        "ضابط",
    ];
    const NOBODYS: &[&str] = &[
        "الأمم",
        "الدولي",
        "الأوروبي",
        "العالمي",
        "العربي",
        "شركة",
        "لشركة",
        "منظمة",
        "لمنظمة",
        "الأفريقي",
        "المرصد",
    ];
    let head = office.role.split(' ').next().unwrap_or_default();
    let head = head.strip_prefix("ال").unwrap_or(head);
    let head = head.strip_suffix('ة').unwrap_or(head);
    HEADS.contains(&head) && !office.role.split(' ').any(|word| NOBODYS.contains(&word.trim_end_matches('ة')))
}

/// What the person with these mentions holds, by all the offices around them.
pub fn of(
    story: &Story<'_>,
    mentions: &[usize],
    offices: &[Vec<Held>],
    nameless: &HashMap<String, u16>,
) -> Holder {
    let all: Vec<&Held> = mentions.iter().flat_map(|&index| &offices[index]).collect();
    let rank = |held: &Held| match held.office.class {
        TitleClass::State => 0,
        TitleClass::Office => 1,
        TitleClass::Work => 2,
        TitleClass::Rank => 3,
        // «الزميل» tells as little as «السيد» does.
        TitleClass::Kin if !held.office.role.contains(' ') || held.office.role.starts_with("ال") => 5,
        TitleClass::Kin => 4,
        TitleClass::Peer | TitleClass::Honour => 5,
    };
    let mut country = 0;
    let best =
        all.iter().copied().filter(|h| !h.office.role.is_empty()).min_by_key(|h| (rank(h), h.country == 0));
    if let Some(best) = best {
        country = best.country;
    }
    let any = |of: &dyn Fn(&Held) -> u16| all.iter().map(|h| of(h)).find(|&id| id != 0).unwrap_or(0);
    if country == 0 {
        country = any(&|h| h.country);
    }
    // «مبعوث الأمم المتحدة إلى ليبيا» is nobody's.
    let sent = |role: &str| role.contains(" إلى ") || role.contains(" لدى ");
    let official = best.is_some_and(|h| {
        matches!(h.office.class, TitleClass::State | TitleClass::Rank) && !sent(&h.office.role)
    });
    if country == 0 {
        country = any(&|h| h.office.place);
    }
    if country == 0 && official {
        country = any(&|h| side(story, h.at));
    }
    // «الرئيس ترامب» is «الرئيس الأمريكي» where the story speaks of no other president without a name.
    if country == 0
        && official
        && let Some(best) = best
    {
        country = nameless.get(&best.office.role).copied().unwrap_or(0);
    }
    let close = official || best.is_some_and(|h| local(&h.office));
    if country == 0 && close {
        country = any(&|h| state_body(story, h.at));
    }
    let guessed = country == 0;
    if country == 0 && close {
        country = story.dominant;
    }
    if country == 0 && official {
        country = any(&|h| same_sentence(story, h.at));
    }
    if country == 0 && official {
        country = story.home;
    }
    let Some(best) = best.filter(|h| rank(h) < 5) else {
        return Holder { country: gazetteer().country(country).to_owned(), ..Holder::default() };
    };
    Holder {
        role: best.office.role.clone(),
        country: gazetteer().country(country).to_owned(),
        // «رئيسة حزب العمال» stays so where the country was only guessed.
        title: if guessed { best.office.shown.clone() } else { shown(story, &best.office, country) },
        guessed,
    }
}

/// The title as shown: as the text has it, or put together where it was shared or its country stood elsewhere.
fn shown(story: &Story<'_>, office: &Office, country: u16) -> String {
    let as_written =
        office.count == Count::One && !office.pronoun && office.countries.first() == Some(&country);
    if as_written || country == 0 || office.class == TitleClass::Kin {
        return office.shown.clone();
    }
    if office.genitive || office.pronoun {
        return format!("{} {}", office.shown, gazetteer().country(country));
    }
    match nationality(story, country, office.feminine) {
        Some(word) => format!("{} {word}", office.role),
        None => office.shown.clone(),
    }
}

/// The nationality word of `country` as the text spells it, definite, in the wanted gender.
fn nationality(story: &Story<'_>, country: u16, feminine: bool) -> Option<String> {
    let mention = story.mentions.iter().find(|m| {
        m.kind == Kind::Country(country, Naming::Nationality) && m.tokens.len() == 1 && {
            matches!(
                story.lexemes[m.tokens.start].sense.inflection,
                Inflection::Masculine | Inflection::Feminine
            )
        }
    })?;
    let word: String =
        mention.span.of(story.text()).chars().filter(|&c| !crate::text::fold::is_mark(c)).collect();
    let bare = word.strip_prefix("ال").unwrap_or(&word);
    let stem = bare.strip_suffix(['ة', 'ه']).unwrap_or(bare).trim_end_matches('ا');
    Some(format!("ال{stem}{}", if feminine { "ة" } else { "" }))
}

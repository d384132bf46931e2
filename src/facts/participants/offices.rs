//! Offices around the mentions of people: shared titles dealt out, peers, nationalities right before a name.

use super::context::{body_before, governments, is_players, nearest_country, only_country};
use super::{Story, roles};
use crate::facts::gazetteer::Inflection;
use crate::facts::gazetteer::titles::{Count, Head, TitleClass};
use crate::facts::mention::{Mention, body};
use crate::facts::title::office::{self, Office, Owner};
use crate::facts::title::{self, Position, Title};

/// An office with the country that belongs to its holder.
#[derive(Clone, Debug)]
pub struct Held {
    /// The office.
    pub office: Office,
    /// The holder's country, 0 where it names none.
    pub country: u16,
    /// Its head's token.
    pub at: usize,
}

/// The offices around each of the people's mentions.
pub fn offices(story: &Story<'_>, people: &[&Mention]) -> Vec<Vec<Held>> {
    let lexemes = &story.lexemes[..];
    let read = |title: &title::Title| office::read(story.text(), lexemes, title);
    let mut all: Vec<Vec<Held>> = Vec::with_capacity(people.len());
    // The title that the names of a list share, and how many of its holders have been named.
    let mut shared: Option<(Office, usize)> = None;
    let governments = governments(story);
    for (index, person) in people.iter().enumerate() {
        let mut held = Vec::new();
        let start = person.tokens.start;
        let previous = index.checked_sub(1).map(|i| people[i]);
        let joined = previous.filter(|p| coordinates(story, p, person));
        if joined.is_none() {
            shared = None;
        }
        let before = title::before(lexemes, start).filter(|t| {
            // «مستشار ترامب الاقتصادي لاري كادلو», but not «الرؤساء جاك شيراك ونيكولاس ساركوزي».
            previous.is_none_or(|p| {
                let inside = p.tokens.start == t.tokens.start + 1 && !lexemes[start].conjunction;
                p.tokens.end <= t.tokens.start || inside
            })
        });
        if let Some(title) = before {
            let mut office = read(&title);
            let at = title.tokens.start;
            if office.class == TitleClass::Peer {
                office = as_peer(story, office, at, &all, people);
            }
            if compatriot(title.head) {
                let country = country_of_last(story, &all, people);
                all.push(vec![Held { office: Office::none(), country, at }]);
                continue;
            }
            let mut country = office.countries.first().copied().unwrap_or(0);
            if !matches!(office.class, TitleClass::Honour | TitleClass::Rank | TitleClass::Kin) {
                shared = Some((office.clone(), 1));
            }
            if title.head.possessive() && !matches!(title.head.class, TitleClass::Kin | TitleClass::Peer) {
                match body_before(story, at) {
                    Some(body) => office.within(&body),
                    // «حارس مرماه» has a noun behind it and no adjective.
                    None if !title.head.singular.contains(' ') => office.alone(),
                    None => {}
                }
            }
            // «زوجته» is nobody's country.
            if office.owner != Owner::Said && country == 0 {
                country = owner(story, title.head, at);
            }
            if office.class == TitleClass::Kin && office.owner == Owner::Pronoun {
                // «زميله» is whose, the sentence before may tell or not.
                let near = previous.filter(|p| {
                    lexemes[p.tokens.start].sentence == lexemes[start].sentence
                        && title.head.singular != "زميل"
                });
                match near {
                    Some(owner) => office.of(owner.span.of(story.text())),
                    None => office = Office::none(),
                }
            }
            held.push(Held { office, country, at });
        } else if let (Some(previous), Some((office, named))) = (joined, shared.as_mut()) {
            // «… سامح شكري وأيمن الصفدي», «… دونالد ترامب والروسي فلاديمير بوتين».
            let own = country_between(story, previous, person);
            if own != 0 || office.count != Count::One {
                // «الخبيرين الأمريكيين وليام نوردهاوس وبول رومر»: one country is both's.
                let theirs = if let [country] = office.countries[..] { Some(country) } else { None };
                let theirs = theirs.or_else(|| office.countries.get(*named).copied()).unwrap_or(0);
                let country = if own != 0 { own } else { theirs };
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
        // «إدارة ترامب», where the text speaks of «الإدارة الأمريكية».
        if held.is_empty()
            && let Some(&country) = start.checked_sub(1).and_then(|i| governments.get(&*lexemes[i].stem))
        {
            held.push(Held { office: Office::none(), country, at: start });
        }
        if held.is_empty()
            && let Some(country) = nationality_before(story, start)
        {
            held.push(Held { office: Office::none(), country, at: start });
        }
        held.extend(behind(story, people, index, &held));
        all.push(held);
    }
    all
}

/// The country that the pronoun of the head at `at` stands for, 0 where it stands for none: states have ministers and envoys («وزير
/// خارجيتها», «مبعوثها»), and teams that are called after them have players («بيرو … قائدها»), but not «محاميه», «منافستها».
fn owner(story: &Story<'_>, head: &Head, at: usize) -> u16 {
    const SENT: &[&str] = &["سفير", "سفيرة", "مبعوث", "مبعوثة", "مندوب", "مندوبة", "ممثل", "ممثلة", "قنصل"];
    if head.class == TitleClass::State || SENT.contains(&head.singular) {
        nearest_country(story, at)
    } else if is_players(head.singular) && story.lexemes[at].key.ends_with("ها") {
        only_country(story, at)
    } else {
        0
    }
}

/// What the person numbered `index` is said to be behind the name, unless it belongs to the next name or to nobody named; `held`
/// is what stands before the name.
fn behind(story: &Story<'_>, people: &[&Mention], index: usize, held: &[Held]) -> Option<Held> {
    let lexemes = &story.lexemes[..];
    let name_end = people[index].tokens.end;
    let title = title::after(lexemes, name_end)?;
    let next = people.get(index + 1);
    let theirs = next.and_then(|next| title::before(lexemes, next.tokens.start));
    // «مايك بنس، نائب [الرئيس دونالد ترامب]»: only the end of it is the next person's.
    let shared = theirs.as_ref().is_some_and(|t| {
        title.tokens.start > name_end && t.tokens.start > title.tokens.start && t.head.definite()
    });
    let taken = next.zip(theirs).is_some_and(|(next, t)| {
        // «استقبل سعد الحريري، [الرئيس الروسي، فلاديمير بوتين]»
        let comma = lexemes.get(title.tokens.end).is_some_and(|mark| mark.is_mark('،'))
            && next.tokens.start == title.tokens.end + 1
            && !lexemes[next.tokens.start].conjunction;
        t.tokens.start < title.tokens.end && next.tokens.start <= title.tokens.end && !shared
            || comma && t.tokens.start <= title.tokens.start
    });
    // «حض رئيس المجلس دونالد توسك [رئيسة الوزراء] على …»: whom he urged.
    let another = title.tokens.start == name_end
        && title.head.class == TitleClass::State
        && held.iter().any(|h| matches!(h.office.class, TitleClass::State | TitleClass::Office));
    if taken || another {
        return None;
    }
    let at = title.tokens.start;
    let office = office::read(story.text(), lexemes, &title);
    let own = office.countries.first().copied().unwrap_or(0);
    let country = if office.owner == Owner::Pronoun && own == 0 { owner(story, title.head, at) } else { own };
    Some(Held { office, country, at })
}

/// «مستثمر سوري مقيم بالأردن اسمه هشام فريون»: what the named one was said to be, with the nationality right behind it.
fn named(story: &Story<'_>, from: usize, start: usize) -> Option<Office> {
    // «فتاة اسمها "نور"».
    let marked = start.checked_sub(1).is_some_and(|i| body::is_quote(story.lexemes[i].kind));
    let start = if marked { start - 1 } else { start };
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
    // «المدرب والكشاف السابق، والذي يدعى …»: with what it governs, up to the comma.
    let end = title::forward(&story.lexemes, at).min(start - 1);
    let title =
        Title { tokens: at..end.max(at + head.singular.split(' ').count()), head, position: Position::Apart };
    Some(office::read(story.text(), &story.lexemes, &title))
}

/// Words between those who are counted and one of them who is named.
const AMONG: &[&str] = &["ابرزهم", "بينهم", "منهم", "احدهم", "اشهرهم", "اخرهم", "اولهم"];

/// «عن البرتغالي كريستيانو رونالدو»: the nationality right before a name, with no noun that it describes.
fn nationality_before(story: &Story<'_>, start: usize) -> Option<u16> {
    let word = &story.lexemes[start.checked_sub(1)?];
    // «11 قطريا أبرزهم …»: one of those whose nationality was told.
    if AMONG.contains(&word.key) {
        let before = &story.lexemes[start.checked_sub(2)?];
        let before = if before.key == "من" { &story.lexemes[start.checked_sub(3)?] } else { before };
        return (before.is_nisba() && before.sentence == word.sentence).then_some(before.sense.nisba);
    }
    if title::NAMED.contains(&word.key) {
        // «فلسطيني مصاب يدعى عبد الفتاح الشريف».
        let before = (start.saturating_sub(4)..start - 1).rev().map(|i| &story.lexemes[i]);
        return before
            .take_while(|l| l.is_word() && l.sentence == word.sentence)
            .find(|l| l.is_nisba())
            .map(|l| l.sense.nisba);
    }
    let singular = matches!(word.sense.inflection, Inflection::Masculine | Inflection::Feminine);
    // «الدولي المصري محمد صلاح» plays for his country.
    let alone = start < 2
        || !story.lexemes[start - 2].definite()
        || !word.bare()
        || &*story.lexemes[start - 2].stem == "الدولي";
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

/// Whether the head tells whose countryman somebody is, and nothing else: «كي يتعادل مع [مواطنه] كلوزه».
fn compatriot(head: &Head) -> bool {
    head.possessive() && head.singular.starts_with("مواطن")
}

/// How many people are looked back over for one of the same family name.
const BACK: usize = 40;

/// The country of the last person named, here or where they were named before; 0 if no office of theirs tells.
fn country_of_last(story: &Story<'_>, held: &[Vec<Held>], people: &[&Mention]) -> u16 {
    let family = |index: usize| family(story, people[index]);
    let last = held.len().saturating_sub(1);
    let theirs = (0..held.len()).rev().take(BACK).filter(|&index| family(index) == family(last));
    theirs.flat_map(|index| &held[index]).map(|held| held.country).find(|&id| id != 0).unwrap_or(0)
}

/// The last word of a name.
fn family<'s>(story: &'s Story<'_>, person: &Mention) -> Option<&'s str> {
    story.lexemes[person.tokens.clone()].last().map(|word| word.key)
}

/// «نظيره الفرنسي»: the office of the person or the title before it, with the peer's own country.
fn as_peer(story: &Story<'_>, peer: Office, at: usize, held: &[Vec<Held>], people: &[&Mention]) -> Office {
    let Some(model) = shared_with_peer(story, at, held, people) else {
        return Office { role: String::new(), ..peer };
    };
    let role = if peer.feminine { model.role.clone() } else { masculine(&model.role) };
    let country = peer.countries.first().copied().unwrap_or(0);
    let shown = match roles::nationality(story, country, peer.feminine) {
        Some(word) => format!("{role} {word}"),
        None => role.clone(),
    };
    Office {
        shown,
        role,
        countries: peer.countries,
        place: 0,
        body: model.body,
        owner: Owner::Said,
        count: Count::One,
        genitive: false,
        feminine: peer.feminine,
        class: model.class,
    }
}

/// The office that the peer at `at` shares with somebody: with the person right before, or with a title alone.
fn shared_with_peer(story: &Story<'_>, at: usize, held: &[Vec<Held>], people: &[&Mention]) -> Option<Office> {
    let sentence = story.lexemes[at].sentence;
    let sentence_of = |index: usize| story.lexemes[people[index].tokens.start].sentence;
    let family = |index: usize| family(story, people[index]);
    let office = |index: usize| {
        let mut offices = held[index].iter().map(|held| &held.office);
        offices.find(|o| !matches!(o.class, TitleClass::Honour | TitleClass::Rank | TitleClass::Kin))
    };
    let nearest = held.len().checked_sub(1).filter(|&last| sentence_of(last) == sentence);
    let may_share = |&index: &usize| match nearest {
        // «محادثة أردوغان مع نظيره الروسي»: his own office, here or where he was named before, and nobody else's.
        Some(nearest) => family(index) == family(nearest),
        None => sentence_of(index) + 2 > sentence,
    };
    let named = (0..held.len()).rev().filter(may_share).find_map(office);
    // A title alone, nearer than a person who holds one: «أجرى وزير الخارجية المصري اتصالا بنظيره …».
    let holder = nearest.filter(|_| named.is_some()).map_or(0, |index| people[index].tokens.end);
    let words = (holder.max(at.saturating_sub(40))..at).rev();
    let alone = words.take_while(|&i| story.lexemes[i].sentence == sentence).find_map(|i| {
        // «توقع محللون أن … نظيره الروسي»: nobody is the peer of a crowd but of ministers.
        title::alone(&story.lexemes, i)
            .filter(|t| t.head.count == Count::One || t.head.class == TitleClass::State)
    });
    alone.map(|title| office::read(story.text(), &story.lexemes, &title)).or_else(|| named.cloned())
}

/// «وزيرة الخارجية» → «وزير الخارجية», for a man who is the peer of a woman.
fn masculine(role: &str) -> String {
    match role.split_once(' ') {
        Some((head, rest)) => format!("{} {rest}", head.strip_suffix('ة').unwrap_or(head)),
        None => role.strip_suffix('ة').unwrap_or(role).to_owned(),
    }
}

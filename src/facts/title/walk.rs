//! Which words belong to a title to the left of a name, up to its head.

use super::bounds::{coordinated, in_listed_name, opens_quote, parts, placed, present_tense, quoted_deed};
use super::forward::secretary;
use super::link::licensed;
use super::{LONGEST, links, team};
use crate::facts::gazetteer::Sense;
use crate::facts::gazetteer::titles::{Count, Head, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::reading::{Lexeme, Nameness};
use crate::text::lexicon::WordClass;

/// Walks left from `end` to the head of the title that ends there.
pub fn walk(lexemes: &[Lexeme<'_>], end: usize, sentence: usize) -> Option<(usize, &'static Head)> {
    let mut found = None;
    let mut quotes = 0;
    // «انتقد النواب حكومة [تيريزا ماي]»: the head of a body, and of no title.
    let led = end.checked_sub(1).map(|i| &lexemes[i]).filter(|noun| noun.sentence == sentence);
    if led.is_some_and(|noun| WordClass::Possessed.contains(&noun.stem)) {
        return None;
    }
    // «رئيس الشيشان "استغل" [محمد صلاح]»: what somebody did.
    if quoted_deed(lexemes, end) {
        return None;
    }
    // «فتاة اسمها "[نور]"»: the name stands in marks of its own.
    let beside = opens_quote(lexemes, end);
    for at in (end.saturating_sub(LONGEST)..end).rev() {
        let word = &lexemes[at];
        if word.sentence != sentence {
            break;
        }
        if word.is_quote() {
            quotes += usize::from(!(beside && at + 1 == end));
            continue;
        }
        if !word.is_word() {
            // «زعيم #كوريا_الشمالية».
            if quotes % 2 == 1 || ['-', '#', '_'].iter().any(|&mark| word.is_mark(mark)) {
                continue;
            }
            break;
        }
        if WordClass::Called.contains(word.key)
            || (WordClass::Circumstance.contains(word.key) && word.head.is_none())
            || parts(lexemes, at)
        {
            break;
        }
        // «عادل الرقم القياسي للأسترالي رود ليفر».
        if at + 1 == end && word.is_nisba() && word.preposition == Some('ل') {
            break;
        }
        if let Some(head) = heads(lexemes, at, end) {
            // «ممثلة عن دورها في فيلم "جسد [غريب]"»: not over a quotation mark that is open.
            if quotes % 2 == 1 {
                break;
            }
            found = Some((at, head));
            if !extends(lexemes, at, end) {
                break;
            }
            continue;
        }
        // «النائبة [السابقة] لمستشار».
        let led = found.is_some_and(|(head, _)| head == at + 1 && lexemes[head].preposition == Some('ل'));
        if led && word.definite() && word.bare() {
            continue;
        }
        if found.is_some() && !WordClass::BetweenHeads.contains(&word.stem) && !links(word) {
            break;
        }
        // «أمين [عام] الجامعة».
        if secretary(lexemes, at) {
            continue;
        }
        let acting = WordClass::Acting.contains(word.key);
        if acting || (links(word) && at + 1 < end) {
            continue;
        }
        let blocked = word.class != Class::Open
            || (word.conjunction && !coordinated(lexemes, at))
            || word.preposition.is_some_and(|p| p != 'ل') && !(at + 1 == end && placed(word))
            || (word.nameness == Nameness::Strong
                && word.evidence.given >= 8
                && found.is_none()
                && word.bare())
            || (present_tense(word) && !in_listed_name(lexemes, at));
        if blocked {
            break;
        }
    }
    // What is left of the head must lead to it: «قال …», «نائب …».
    found.filter(|&(at, head)| {
        // «شابة كردية خاضت غمار تجربة [فريدة]»: an occupation stands near.
        let near = head.class != TitleClass::Work || end - at <= WORK;
        near && !held(lexemes, at, end)
            && (at + 1..end).all(|i| !links(&lexemes[i]) || licensed(lexemes, at, i))
    })
}

/// Whether a name stands behind the head at `at`, inside what would be its title: «الفنانة \[فيروز\] في مرتبة فريدة» is her own.
fn held(lexemes: &[Lexeme<'_>], at: usize, end: usize) -> bool {
    let [head, name] = [&lexemes[at], &lexemes[at + 1]];
    let one = head.head.is_some_and(|h| h.definite() && h.count == Count::One && h.class == TitleClass::Work);
    one && at + 1 < end
        && name.is_word()
        && name.bare()
        && !name.definite()
        && name.nameness == Nameness::Strong
        && name.sense == Sense::default()
}

/// Most tokens of an occupation with what it governs.
const WORK: usize = 6;

/// The head at `at` of a title that ends at `end`. «المستشار الإعلامي» has one head, and so has «منظمة أطباء بلا حدود».
fn heads(lexemes: &[Lexeme<'_>], at: usize, end: usize) -> Option<&'static Head> {
    let word = &lexemes[at];
    // «الحكم العماني أحمد الكاف».
    let adjacent = at + 1 == end || (at + 2 == end && word.definite() && lexemes[at + 1].is_nisba());
    let head = word.head.filter(|h| h.class != TitleClass::Honour && (!h.everyday || adjacent))?;
    // «الشاعر المغربي [الكبير] محمد بنيس»: great, and not the head of anything.
    if matches!(&*word.stem, "الكبير" | "الكبيره") {
        return None;
    }
    // «هجمة [منسقة] قادها توما ليمار».
    let led = at + 2 == end && lexemes[at + 1].stem.ends_with("ها") && lexemes[at + 1].bare();
    if led && describes_thing(lexemes, at) {
        return None;
    }
    // «مشرف قطاع الفريق الأول»: a rank stands with the name.
    if head.class == TitleClass::Rank && (at + 2 < end || lexemes[at + 1].stem == "الاول" || team(lexemes, at))
    {
        return None;
    }
    let before =
        at.checked_sub(1).map(|i| &lexemes[i]).filter(|b| b.sentence == word.sentence && b.is_word());
    let Some(before) = before else { return Some(head) };
    // «كأس [العالم]», «أكبر شركة في [العالم]»: the world, and no scientist.
    if word.stem == "العالم"
        && (before.class == Class::Particle || WordClass::BeforeTheWorld.contains(&before.stem))
    {
        return None;
    }
    // «دوري [أبطال] أوروبا», «كأس [أبطال] آسيا»: a competition, not its holders.
    if head.count == Count::Many && WordClass::Competition.contains(&before.stem) {
        return None;
    }
    // «رئيس النقابة الوطنية [للصحفيين] التونسيين»: whose body it is.
    let begins_body = |i: usize| {
        let noun = lexemes.get(i).filter(|noun| noun.sentence == word.sentence);
        noun.is_some_and(|noun| noun.definite() && noun.organization.is_some())
    };
    if head.count != Count::One
        && word.preposition == Some('ل')
        && before.definite()
        && (at.saturating_sub(3)..at).any(begins_body)
    {
        return None;
    }
    // «رئيس الوزراء الدنماركي [المحافظ] لارس راسموسن», «النائب [المحافظ]», who govern no province.
    let led = before.is_nisba() || before.head.is_some_and(|h| h.definite() && h.count == Count::One);
    let conservative = led && matches!(&*word.stem, "المحافظ" | "المحافظه");
    // «المستشار الإعلامي», «عضو المجلس المعارض», «رئيس الحكومة المكلف».
    let describes = head.definite()
        && word.bare()
        && (word.stem.ends_with('ي')
            || word.stem.ends_with("يه")
            || conservative
            || WordClass::DescribingTitle.contains(&word.stem))
        && (before.definite() || before.nameness >= Nameness::Maybe || before.sense.country != 0)
        && before.class == Class::Open;
    let governed = before.organization.is_some()
        && !before.definite()
        && word.bare()
        // «إدارة الرئيس الأمريكي دونالد ترامب».
        && !(head.definite() && head.count == Count::One)
        && !WordClass::BetweenHeads.contains(&before.stem);
    (!describes && !governed).then_some(head)
}

/// Whether the title goes on to the left of the head at `at`: «نائب رئيس», «المتحدث باسم وزير», «مدير مكتب رئيس».
fn extends(lexemes: &[Lexeme<'_>], at: usize, end: usize) -> bool {
    let head = &lexemes[at];
    let Some(before) = at.checked_sub(1).map(|i| &lexemes[i]) else { return false };
    if head.conjunction || before.sentence != head.sentence || !before.is_word() {
        return false;
    }
    if head.preposition == Some('ل') {
        // «المعارضين للرئيس السوري بشار الأسد», «مقطوعة موسيقية للمؤلف الألماني، ريتشارد فاجنر»: theirs is another title.
        // «الصحفي المناهض للرئيس [فلاديمير بوتين]».
        if before.head.is_some_and(|h| h.count != Count::One)
            || describes_thing(lexemes, at - 1)
            || WordClass::Opposing.contains(&before.stem)
        {
            return false;
        }
        // «النائبة [السابقة] لمستشار الأمن القومي».
        let described = before.definite()
            && before.class == Class::Open
            && at.checked_sub(2).is_some_and(|i| {
                lexemes[i].sentence == head.sentence
                    && lexemes[i].head.is_some_and(|h| h.definite() && h.count == Count::One)
            });
        return before.head.is_some() || described;
    }
    if !head.bare() {
        return false;
    }
    // «زوج الأميرة كريستينا», «شقيقة زعيم كوريا الشمالية كيم جونغ أون»: the name is the relative's, but for a comma before it.
    let apart = lexemes.get(end).is_some_and(|l| l.is_mark('،'));
    let kin = |word: &Lexeme<'_>| word.head.is_some_and(|h| h.class == TitleClass::Kin);
    if kin(before) && !kin(head) && !apart {
        return false;
    }
    // «مايك بنس، نائب الرئيس الأمريكي [دونالد ترامب]»: the vice president is named already.
    if head.head.is_some_and(|h| h.definite() && h.class == TitleClass::State)
        && said_of_another(lexemes, at - 1)
    {
        return false;
    }
    // «طالب رئيس الحكومة» demands; he is no student.
    // «دافع لاعبو [المدرب] أوسكار تباريز»: whose players they are.
    let one = head.head.is_some_and(|h| h.definite() && h.count == Count::One);
    let governs = |h: &Head| !(h.definite() || h.possessive() || one && h.count == Count::Many);
    let construct = before.class == Class::Open
        && before.head.is_some_and(|h| governs(h) && h.class != TitleClass::Honour);
    // «ولي العهد نائب رئيس مجلس الوزراء»: two definite titles side by side stay two.
    construct
        || before.key == "باسم"
        || (WordClass::BetweenHeads.contains(&before.stem) && !before.definite())
}

/// Whether the title that begins at `at` stands in apposition to a name before it: «مايك بنس، \[نائب\] …».
fn said_of_another(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let Some(name) = at.checked_sub(2).map(|i| &lexemes[i]) else { return false };
    lexemes[at - 1].is_mark('،')
        && name.sentence == lexemes[at].sentence
        && name.is_word()
        && name.nameness >= Nameness::Unknown
        && name.head.is_none()
        && !name.is_nisba()
        && name.class == Class::Open
}

/// Whether the word at `at` could be a title and describes the noun before it: «مقطوعة \[موسيقية\]», «وكالة \[صحفية\]», «هجمة \[منسقة\]».
fn describes_thing(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let word = &lexemes[at];
    let Some(noun) = at.checked_sub(1).map(|i| &lexemes[i]).filter(|noun| noun.sentence == word.sentence)
    else {
        return false;
    };
    let feminine = |word: &Lexeme<'_>| !word.definite() && word.stem.ends_with('ه');
    // «معزوفات موسيقية».
    let things = !noun.definite() && (noun.stem.ends_with('ه') || noun.stem.ends_with("ات"));
    // «فتاة ممثلة», «سيدة مصورة».
    let woman = WordClass::Woman.contains(&noun.stem);
    let described = word.stem.ends_with("يه") || (word.stem.starts_with('م') && !woman);
    described && feminine(word) && things && noun.head.is_none()
}

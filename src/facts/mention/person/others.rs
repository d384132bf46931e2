//! What looks like a person's name and is none, by what stands around it: places and works called after people, forms of
//! address, adjectives, plain words of a phrase.

use std::ops::Range;
use std::sync::LazyLock;

use super::phrase::in_phrase;
use crate::facts::gazetteer::titles::Head;
use crate::facts::lexicon::Class;
use crate::facts::mention::body;
use crate::facts::number::{WordList, list};
use crate::facts::reading::{Lexeme, Nameness};
use crate::facts::title;
use crate::text::TokenKind;
use crate::text::frequency::DocumentFrequencies;

/// Nouns that make the name behind them that of a place, a prize, a work: «ملعب أنفيلد», «معبر جابر», «فيلم "بوكو"».
static OTHERS: WordList = LazyLock::new(|| {
    list(
        "مدينة مدينتي حي شارع ملعب معبر قرية محافظة جبل منطقة مطار ميناء جسر سد بلدة ولاية إقليم مقاطعة ريف مخيم \
    ساحة قصر بطولة كأس جائزة جوائز تقنية مهرجان فيلم مسلسل رواية كتاب أغنية ألبوم برنامج مسرحية جزيرة نهر بحيرة سان سانت سانتا لوس نيو إعصار \
    العاصفة سفينة مستشفى مركز مسجد كنيسة جامعة مدرسة معهد أزياء معركة قانون فندق بلدية بيت بئر دوق دوقة فصيل جامع مؤشر مؤشرات \
    قبائل قبيلة سكان حراك ساقية معتمدية ستاد استاد",
    )
});

/// Whether the noun makes the name behind it something else's.
pub fn is_other(noun: &str) -> bool {
    OTHERS.contains(noun)
}

/// Those of them that are called after people with their titles: «ملعب الأمير فيصل بن فهد».
static BUILT: WordList = LazyLock::new(|| {
    list("ملعب مطار ميناء جسر سد شارع حي ميدان ساحة قصر مستشفى مسجد جامعة مدرسة معهد قاعة كأس جائزة")
});

/// Most tokens of a name in Latin letters.
const LATIN: usize = 5;

/// Whether the town of a saint begins at `at`, and no name of the Sahel: «أحداث [سيدي علي بن عون]», but not «رئيس الحزب سيدي ولد محم».
pub fn saints_town(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let behind = lexemes[at + 1..].iter().take(3).take_while(|word| word.sentence == lexemes[at].sentence);
    lexemes[at].stem == "سيدي"
        && behind.clone().all(|word| word.key != "ولد")
        && title::before(lexemes, at).is_none()
}

/// Nouns of places whose names may have two words.
const TOWNS: &[&str] = &["مدينه", "بلده", "قريه", "مقاطعه", "ولايه", "محافظه", "جزيره", "اقليم"];

/// Whether a noun right before makes the name at `at` something else's.
pub fn names_other(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let mut before = at;
    while before > 0 && body::is_quote(lexemes[before - 1].kind) {
        before -= 1;
    }
    let near = |i: usize| lexemes.get(i).filter(|noun| noun.sentence == lexemes[at].sentence);
    // «ملعب الأمير [فيصل بن فهد]».
    let honoured =
        before.checked_sub(1).and_then(near).is_some_and(|title| title.head.is_some_and(Head::definite));
    if honoured && before.checked_sub(2).and_then(near).is_some_and(|noun| BUILT.contains(&*noun.stem)) {
        return true;
    }
    // «مينغ تشي كو [Ming-Chi Kuo]»: the same name in Latin letters.
    let latin = lexemes[at].key.is_ascii();
    let other = |i: &usize| !lexemes[*i].key.is_ascii();
    let again = |i: usize| near(i).is_some_and(|word| word.is_word() && word.nameness > Nameness::No);
    if latin && (at.saturating_sub(LATIN)..at).rev().find(other).is_some_and(again) {
        return true;
    }
    // «شركة الأبحاث [CB Insights]».
    let called = |i: usize| near(i).is_some_and(|noun| body::head(&noun.stem).is_some());
    if latin && (before.checked_sub(1).is_some_and(called) || before.checked_sub(2).is_some_and(called)) {
        return true;
    }
    // «مقاطعة تشيانغ [راي]»: the second half of a place.
    let half = before.checked_sub(1).and_then(near).is_some_and(|half| {
        half.bare() && !half.definite() && half.nameness == Nameness::Unknown && half.head.is_none()
    });
    let half = half && lexemes[at].evidence.given < 6 && lexemes[at].key != "عبد";
    if half && before.checked_sub(2).and_then(near).is_some_and(|noun| TOWNS.contains(&&*noun.stem)) {
        return true;
    }
    before.checked_sub(1).and_then(near).is_some_and(|noun| {
        // «مغنية موسيقى [البوب]», but «موسيقى عمر خيرت».
        let music = noun.stem == "موسيقي" && lexemes[at].definite();
        // «استشهد شرق [خان يونس]».
        let side = matches!(noun.key, "شرق" | "غرب" | "شمال" | "جنوب" | "شرقي" | "غربي" | "شمالي" | "جنوبي");
        // «حافلة ذات [جودة] عالية».
        music || side || noun.stem == "ذات" || OTHERS.contains(&*noun.stem)
    })
}

/// Whether a name is a business's: what stands behind it says so («لايونزغت، [الشركة] المنتجة للفيلم»), or it is several people's
/// («جونسون [آند] جونسون»).
pub fn business(lexemes: &[Lexeme<'_>], tokens: &Range<usize>) -> bool {
    let around = tokens.start.saturating_sub(1)..(tokens.end + 1).min(lexemes.len());
    if lexemes[around].iter().any(|word| word.key == "اند") {
        return true;
    }
    let [comma, noun] = lexemes.get(tokens.end..tokens.end + 2).unwrap_or_default() else { return false };
    comma.is_mark('،')
        && noun.bare()
        && noun.sentence == comma.sentence
        && matches!(&*noun.stem, "الشركه" | "المجموعه" | "المنصه" | "الموقع" | "التطبيق")
}

/// Whether the word says when or how: «ميلانيا [حينئذ]», «وصف الزيارة [بالتاريخية]», but not «بالوتيلي».
pub fn adverbial(word: &Lexeme<'_>) -> bool {
    matches!(&*word.stem, "حينيذ" | "عنديذ" | "يوميذ" | "انذاك" | "حينذاك" | "وقتذاك")
        || with_two(word)
        || word.key.starts_with("بال")
            && word.key.ends_with("يه")
            && word.evidence.given.max(word.evidence.surname) == 0
}

/// Whether two of something begin at `at`, and what describes them: «[بلدين] متجاورين», «[حليفين] مرحليين».
pub fn two(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let words = DocumentFrequencies::words();
    let word = &lexemes[at];
    let noun = word.key.strip_suffix("ين").filter(|noun| noun.chars().count() > 2);
    let described =
        lexemes.get(at + 1).is_some_and(|next| next.sentence == word.sentence && next.key.ends_with("ين"));
    described
        && word.evidence.given.max(word.evidence.surname) == 0
        && noun.is_some_and(|noun| words.count(noun) > 0.0 && words.count_definite(noun) > 0.0)
}

/// Whether the word says with how many: «طائرة [بمحركين]».
fn with_two(word: &Lexeme<'_>) -> bool {
    let words = DocumentFrequencies::words();
    let noun = word.key.strip_prefix('ب').and_then(|noun| noun.strip_suffix("ين"));
    // «بكرستين لاغارد», «بوسهمين»: no noun is met without the article and with it.
    let known = |noun: &str| words.count(noun) > 0.0 && words.count_definite(noun) > 0.0;
    word.evidence.given.max(word.evidence.surname) == 0
        && noun.is_some_and(|noun| noun.chars().count() > 2 && known(noun))
}

/// Whether `start..end` is all that quotation marks or brackets hold, as the names of films are: «(هيل بوي)».
pub fn quoted(lexemes: &[Lexeme<'_>], start: usize, end: usize) -> bool {
    let opens = |l: &Lexeme<'_>| body::is_quote(l.kind) || l.is_mark('(');
    let closes = |l: &Lexeme<'_>| body::is_quote(l.kind) || l.is_mark(')');
    let Some(before) = start.checked_sub(1) else { return false };
    // «المدير الأول للعلامة في "[نون]"»: where somebody works.
    let within = before.checked_sub(1).is_some_and(|i| matches!(lexemes[i].key, "في" | "لدي"));
    let close = (end..end + 3).find(|&i| lexemes.get(i).is_some_and(closes));
    // «"فرست ترافيل"»: the first letter of what is quoted is no conjunction.
    let whole = close.is_some_and(|close| {
        lexemes[start..close].iter().enumerate().all(|(i, l)| l.is_word() && (i == 0 || l.bare()))
    });
    opens(&lexemes[before])
        && (whole || within)
        && lexemes[start].evidence.given < 5
        // «محمية "المأوى"» is no keeper's name.
        && (within || title::before(lexemes, start).is_none() || (end == start + 1 && lexemes[start].definite()))
}

/// Whether the word at `at` stands inside the name of a work: «"كال [مي باي] يور نايم"», «(غيت [آوت])».
pub fn inside_quoted(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let first = &lexemes[at];
    let mark = |l: &Lexeme<'_>| body::is_quote(l.kind) || l.is_mark('(') || l.is_mark(')');
    let within = |i: &usize| lexemes.get(*i).is_some_and(|l| l.sentence == first.sentence);
    let name = |l: &Lexeme<'_>| l.is_word() && l.class == Class::Open && l.head.is_none() && !l.definite();
    let open = (at.saturating_sub(5)..at).rev().find(|&i| !name(&lexemes[i]));
    let close = (at + 1..at + 6).take_while(within).find(|&i| !name(&lexemes[i]));
    let (Some(open), Some(close)) = (open, close) else { return false };
    open + 1 < at
        && first.evidence.given < 5
        && within(&open)
        && mark(&lexemes[open])
        && mark(&lexemes[close])
        && lexemes[open].kind != TokenKind::Mark(')')
        && lexemes[open + 1..close].iter().all(|l| l.evidence.documents < 9)
}

/// Whether the word at `at` stands before the name behind it, though it is a name as well: «[سعادة] أحمد العامري», «[رأي] سعيد»,
/// «العميد [الركن المتقاعد] طارق صالح».
pub fn addresses(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let next = lexemes.get(at + 1).filter(|next| next.sentence == lexemes[at].sentence);
    let named = next.is_some_and(|next| next.nameness == Nameness::Strong);
    match &*lexemes[at].stem {
        // «سددها إلى [يسار] كلاوديو برافو».
        "سعاده" | "راي" | "يسار" | "يمين" => named,
        // «والده العالم [المتقاعد] الذي شارك», «طارق جدعون [المكنى] أبا حمزة»: no name with or without one behind it.
        "المتقاعد" | "المتقاعده" | "المكني" | "الملقب" => true,
        // «صديقي [العزيز] يوهانسون», but not «عبد العزيز».
        "العزيز" => named && at.checked_sub(1).is_none_or(|before| lexemes[before].key != "عبد"),
        // «الصاروخ [قادر] على بلوغ الهدف».
        "قادر" | "قادره" => {
            next.is_some_and(|next| next.key == "علي" && next.class == Class::Particle)
        }
        // «في [عهد] باراك أوباما».
        "عهد" => {
            let before = at.checked_sub(1).map_or("", |before| lexemes[before].key);
            named && matches!(before, "في" | "منذ" | "خلال" | "وفي" | "ومنذ")
        }
        "الركن" => {
            named || next.is_some_and(|next| next.stem == "المتقاعد") || title::before(lexemes, at).is_some()
        }
        _ => false,
    }
}

/// Whether the word at `at` is an adjective of the title before it and not the first of the name behind it:
/// «الرئيس [اليساري] سلفادور أليندي».
pub fn qualifies(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let (Some(before), Some(next)) = (at.checked_sub(1), lexemes.get(at + 1)) else { return false };
    let [before, word] = [&lexemes[before], &lexemes[at]];
    before.sentence == word.sentence
        && before.definite()
        && before.head.is_some()
        && word.definite()
        && word.stem.ends_with('ي')
        && word.evidence.surname < 3
        && next.is_word()
        && !next.definite()
}

/// Whether the words at `at` describe what stands before them, or are no name together: «البلد [الصغير القائم]», «[حسن النية]».
pub fn describes(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let first = &lexemes[at];
    let before = at.checked_sub(1).map(|i| &lexemes[i]).filter(|b| b.sentence == first.sentence);
    let adjective = first.definite()
        && first.bare()
        && before.is_some_and(|b| b.is_word() && b.definite() && b.class == Class::Open && b.head.is_none());
    adjective || in_phrase(lexemes, at) == Some(true)
}

/// Whether a thing stands at `at`, behind a whole name: «انتقدت كاتي هاربر [الفستان]», but not «عبد المجيد [الزار]». Of things the
/// news speaks with and without the article.
pub fn thing(lexemes: &[Lexeme<'_>], start: usize, at: usize) -> bool {
    let word = &lexemes[at];
    let Some(bare) = word.stem.strip_prefix("ال").filter(|_| at >= start + 2) else { return false };
    let words = DocumentFrequencies::words();
    let [with, without] = [words.count(&word.stem), words.count(bare)];
    word.nameness == Nameness::Unknown
        && word.evidence.surname == 0
        && lexemes[at - 1].nameness == Nameness::Strong
        && with.min(without) >= 3.0
        && without <= 10.0 * with
}

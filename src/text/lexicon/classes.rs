//! The classes of the lexicon, each with what it is used for.

/// Declares the classes, each with the name that the file has for it: `OrganizationHead` is «organization-head» there.
macro_rules! word_classes {
    ($($(#[$doc:meta])* $class:ident,)*) => {
        /// What a word or a phrase is used for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum WordClass {
            $($(#[$doc])* $class,)*
        }

        impl WordClass {
            pub(super) const ALL: &[(Self, &'static str)] = &[$((Self::$class, stringify!($class)),)*];
        }
    };
}

word_classes! {
    /// News agencies written as letters, without their stops and spaces: «أ ف ب», «د.ب.أ».
    AgencyLetters,
    /// What follows the dot of an address: «العربية.نت».
    DomainName,
    /// Words after which a single letter is a label, not a title: «المجموعة أ.», «فيتامين د.».
    Labelled,
    /// Words that tie what stands before them to the sentence.
    Attribution,
    /// Divisions of a text that are numbered.
    Division,
    /// The perfect and the imperfect of a verb that begins a report: «قال يقول».
    SayingVerb,
    /// The same of a verb that goes on with a speech: «أضاف يضيف».
    ContinuingVerb,
    /// Verbs of them whose subject does not say what is reported behind them: «نفى أن», «نقل عن», «طالب بأن»,
    /// «وصفه بأنه».
    NotAsserting,
    /// Participles that report in the course of a sentence, without their ending: «…، مشيرا إلى أن».
    SayingParticiple,
    /// Verbs that close or go on with a speech only where a word of speech follows: «واختتم حديثه».
    ClosingVerb,
    /// Words of speech after them.
    SpeechWord,
    /// Verbs that are nobody's speech before «أن»: «ويذكر أن», «يتوقع أن».
    ImpersonalVerb,
    /// Words that follow a verb of saying whose subject is left out: particles, circumstances and those who
    /// are told («للصحفيين», «لوكالة»).
    BehindMissingSpeaker,
    /// What announces news of several kinds.
    Roundup,
    /// Openers that go over to another story.
    StorySwitch,
    /// First words, folded, of paragraphs that go on with a story or a list.
    ContinuedParagraph,
    /// A form that invites to follow a channel, and may also tell who did so: «انضم إلى قناتنا», «انضم إلى الحزب».
    InvitingPast,
    /// An agency in the signature of a line: «ج.ص/ ع.ج (رويترز، أ ف ب)».
    SignatureAgency,
    /// Words of desks, agencies and systems: what holds one of them is no person.
    Desk,
    /// Words that stand before the name: «بقلم: سالم الهادي».
    CreditLabel,
    /// Words before the date of a change.
    DateOfChange,
    /// A word before the date of publication that is used for nothing else.
    DateOfPublication,
    /// Words before the date of publication.
    DateLabel,
    /// What a page says that checks for robots.
    NoticeBotCheck,
    /// What a page says that has no article.
    NoticeNotFound,
    /// What a page says that asks for consent first.
    NoticeConsent,
    /// What a page says whose article is for those who pay.
    NoticePaywall,
    /// What a page says that shows nothing without JavaScript.
    NoticeNeedsScript,
    /// What a visitor looks for.
    SoughtPage,
    /// How a notice says that it is not there.
    Gone,
    /// How a notice speaks of subscribers.
    Subscription,
    /// How a notice speaks of the rest of the article.
    WholeArticle,
    /// Hashtags that only call for attention.
    FlashTag,
    /// A call that opens a line: «عاجل | ».
    Flash,
    /// A noun that begins the name of who sends the news.
    Outlet,
    /// A word of such a name that says so: «الإخبارية».
    OutletAdjective,
    /// What opens the line of a credit or a caption; a colon, a dash or nothing more follows.
    Credit,
    /// A day as news names it beside the days of the week: «اليوم», «أمس».
    NewsDay,
    /// A discourse opener that adds no meaning, closed by a comma: «في السياق».
    OpenerLink,
    /// A discourse opener that may also stand right before a verb of saying: «في السياق نفسه».
    OpenerBeforeVerb,
    /// A discourse opener that points forward to the subject: «من جانبه».
    OpenerAside,
    /// Agencies and carriers whose name in brackets is a credit or closes a dateline.
    Carrier,
    /// Nouns that act: offices and bodies, without the article.
    ActingNoun,
    /// What «كما» leads to a clause of another kind: «كما لو», «كما يبدو».
    BehindAs,
    /// A verb of saying that compares behind «كما» unless a report follows: «كما ذكرت الصحيفة من قبل».
    ComparedReport,
    /// An accusative that wants its preposition: «انطلاقا من», «استنادا إلى».
    WantingPreposition,
    /// What a sentence goes on with behind «هذا و»: «هذا ويذكر».
    BehindThis,
    /// Times that a demonstrative points at from the day of writing: «هذا العام».
    PointedTime,
    /// Definite words that stand for somebody named before: «وقال المصدر إن».
    Reference,
    /// Where something is said: «وقال الوزير في مقابلة إن».
    SayingOccasion,
    /// Links to what stands before: «لكن العمل لم يبدأ». «و» in front is allowed; «ف» is written out.
    Connective,
    /// What goes on behind a short definite subject without naming it: «المصدر نفسه».
    BehindReference,
    /// The days of the week.
    Weekday,
    /// Accusatives after a year that say why or how: «منذ 2014 ردا على…».
    AdverbialAccusative,
    /// Words right before a year.
    BeforeYear,
    /// What is called after the year in which it was, by its last two digits.
    EventOfYear,
    /// Months of one word: Gregorian, Syriac, Maghrebi, Hijri.
    Month,
    /// An adjective of the month of a day: «20 الجاري».
    ThisMonth,
    /// A noun before the number of a day: «يوم 15».
    DayNoun,
    /// Words that only look like clitic and number: «لست» is "I am not", «الأحد» and «الاثنين» are days,
    /// «بالمئة» is a unit.
    NotNumber,
    /// A noun before the number of a law: «القانون التنظيمي 04.16».
    Law,
    /// A plural with the article that shows it by nothing: «الدول».
    BrokenPlural,
    /// Nouns whose number is a rank or a reference: «المادة 50», «المرتبة 3», «الدقيقة 85».
    Numbered,
    /// Words of products, weapons and series whose number is part of the name: «آيفون 8», «إس 400», «بريكست
    /// 2».
    Product,
    /// How a word of play begins: «فوز», «مباراة».
    Play,
    /// Adjectives that stand after counted nouns and do not show it by their form.
    CountedAdjective,
    /// Words after a number that say how often, how or when, and are no part of the unit.
    BehindNumber,
    /// Words that may follow a number and are never what it counts.
    NeverCounted,
    /// What men serve in: «رجل إطفاء», «رجال أعمال», «عنصر أمن».
    Service,
    /// Nouns that want a second noun to say anything: «عملية إطلاق نار», «رجال أعمال».
    WantsGenitive,
    /// A noun behind «من» that says of what, and is not what is counted: «3 من أصل 5».
    PartOf,
    /// The third noun of a counted deed: «عملية إطلاق \[نار\]».
    SecondGenitive,
    /// How a noun begins of those who serve in something: «رجال أمن».
    Servant,
    /// «11 من \[أبرز\] النشطاء»: says which of them, and not what they are.
    Choicest,
    /// Words in -ان and -ين that are names of lands, months and numbers.
    NotDual,
    /// Duals that only look like counts or that are names and idioms.
    StockDual,
    /// A word before a lapse of time: «خلال».
    LapseOfTime,
    /// A word that speaks of the past near a number.
    Past,
    /// A word that sets a number against another.
    Compared,
    /// A word that leaves a number in doubt.
    Possible,
    /// A noun before a day of the week: «مساء اثنين».
    BeforeWeekday,
    /// What a half or a quarter is of without being an amount: «ربع الميدان».
    HalvedPart,
    /// A noun right before an age: «في عمر 32».
    AgeNoun,
    /// What is done to people who are then counted without a noun: «مقتل ثلاثة», «اعتقال اثنين».
    Harm,
    /// The unit of an age: «64 عاما».
    AgeUnit,
    /// A word near a number of years that makes it an age: «صاحب الـ40 عاما».
    AgeWord,
    /// A word right before a capital that acts for its country: «قرار واشنطن».
    BeforeActor,
    /// A noun for those who speak for a country: «الجانب السعودي».
    Side,
    /// A word that picks somebody out of those named before: «أبرزهم».
    Among,
    /// A noun for an office that somebody holds: «منصب», «بصفته».
    Post,
    /// A direction, which wants a place behind it: «جنوب».
    Direction,
    /// A word that says how many and wants a noun behind it: «العديد».
    Quantifier,
    /// A noun that tells nobody where an office is without the name behind it: «وكالة».
    UnnamedPlace,
    /// What begins a circumstance beside a title: «\[برئاسة\] الشيخ محمد».
    Circumstance,
    /// A participle that goes on with «ب»: «المتهم بإطلاق النار».
    GovernsBi,
    /// A noun for where a post is: «بمدينة».
    SeatNoun,
    /// Where a speaker said it; behind «في» it ends a title: «المتحدث باسم الكرملين في \[تصريحات\]».
    Speech,
    /// A noun that goes on with «من»: «مقرب من».
    GovernsFrom,
    /// A noun that goes on with «على»: «المشرف على».
    GovernsOn,
    /// A title that goes on with «عن»: «المسؤول عن».
    GovernsAbout,
    /// A title that goes on with «إلى»: «المبعوث إلى».
    GovernsTo,
    /// A house that a deputy sits in: «مجلس النواب».
    Parliament,
    /// Which of two of one name it is, behind the name: «بوش \[الابن\]».
    Generation,
    /// A verb that has a person and what they become for its objects: «\[عين\] الرئيس سامي الحداد وزيرا».
    Appointing,
    /// In whose place somebody comes, with «ل» behind it: «\[خلفا\] لسامي الحداد».
    InPlaceOf,
    /// A thing that bears a name of its own, as ships, storms and prizes do: «السفينة \[غالاكسي ليدر\]».
    NamedThing,
    /// Words that say that a name comes: «مستثمر سوري اسمه هشام فريون».
    Called,
    /// Nouns that stand between two heads: «مدير مكتب رئيس الوزراء».
    BetweenHeads,
    /// A woman: «فتاة».
    Woman,
    /// A noun that begins the name of an organization: «وزارة».
    OrganizationHead,
    /// The same with the article, before a nationality: «الجيش السوري».
    StateOrganization,
    /// A noun that carries news: «صحيفة».
    MediaHead,
    /// A noun that is no part of the name behind it: «شركة».
    BusinessHead,
    /// A noun of a body beside whose name it stands, so that both are one: «\[تنظيم\] جبهة النصرة», but not «مكتب الأمم المتحدة».
    AppositiveHead,
    /// An organization that is not the state's, so that it is none without its name: «منظمة».
    Independent,
    /// Nouns of works, whose names stand in quotation marks behind them.
    Work,
    /// What a country has, before its name: «رئيس مالي», «شمال مالي».
    CountryOwner,
    /// Who may be financial: «تعيين مستشار \[مالي\] وقانوني».
    Adviser,
    /// Behind «كوبا» the name of a cup: «كوبا أميركا».
    CupName,
    /// What denies a number, or what it counts, before it: «نفى».
    Denial,
    /// What takes a number out of a whole: «إلا».
    Exception,
    /// What makes a number hang on something: «إذا».
    Condition,
    /// What says that a number may be so: «من المتوقع».
    Possibility,
    /// Before a number that somebody asks for, plans or promises: «طالب».
    Request,
    /// Before a number that somebody claims: «زعم».
    Claim,
    /// What sets a number against another: «مقابل».
    Comparison,
    /// What makes a number part of one before it: «بينهم».
    PartOfWhole,
    /// What leads from a part to its whole: «من أصل».
    WholeOfPart,
    /// «منهم» behind a share of those who were named.
    ShareOfNamed,
    /// What opens a sentence that goes back in time: «وكان …», «وسبق أن …».
    BackgroundOpener,
    /// Who is counted among those harmed, whoever they are: «قتيل», «شخص», not «طفل».
    AnybodyHarmed,
    /// What adds somebody to a count or leaves them out: «باستثناء السائق».
    Excepting,
    /// What says that a time is over: «العام الماضي».
    EarlierTime,
    /// What denies right behind a line: «لم تصادق عليه».
    DenialBehind,
    /// What says how often or for each of what so many are: «أسبوعيا», «كل يوم», «لكل».
    Rate,
    /// What a word for a sentence of a court holds: «السجن», «حكمت».
    Sentence,
    /// A noun by which those who take part in something are counted: «دولة», «وفد».
    Delegation,
    /// A noun before a number that names a group: «مجموعة العشرين».
    GroupNoun,
    /// Who held an office before: «السابق».
    FormerHolder,
    /// A noun that says nothing of whom a title serves without the name behind it: «لاعب \[فريق\] أحد».
    UnnamedTeam,
    /// What says that somebody holds an office for another: «بالوكالة».
    Acting,
    /// A nationality that is another word where it ends in «ى»: «اليمنى», «المجرى».
    OtherWithAlif,
    /// A stem that holds a word for a sentence of a court and is none: «حكومة».
    NoSentence,
    /// How words begin behind a fraction that is a name: «نصف نهائي», «ربع سنوي».
    HalvedStem,
    /// How words for an age begin.
    AgeStem,
    /// How the participle begins that says an age where it has the article: «البالغ».
    AgeParticiple,
    /// A time that a measure is told for: «100 ميل في \[الساعة\]».
    PerTime,
    /// The hour of a clock.
    ClockHour,
    /// What stands behind a number and is no unit of it.
    NeverUnit,
    /// What somebody has by birth: «المجري \[الأصل\]».
    Origin,
    /// A noun for a number, whose number counts nothing: «رقم 10».
    NumberNoun,
    /// Two words that are a name with a number between them: «حركة خمس نجوم».
    NameAroundNumber,
    /// The members of a group that goes by their number: «مجموعة \[الدول\] السبع».
    GroupMember,
    /// A country whose name is an adjective too: «دعم \[مالي\]».
    AlsoAdjective,
    /// A country that is a cup's: «\[كوبا\] أميركا».
    CupCountry,
    /// What such a cup is of.
    CupContinent,
    /// A country that is a given name without the article: «كاميرون دياز».
    CountryWithArticle,
    /// What begins with a letter like a clitic and is whole in names: «محمد \[ولد\] عبد العزيز».
    WholeInNames,
    /// An adjective behind names and nationalities that is no name: «البرازيلي \[الأسبق\]».
    NeverName,
    /// What a club's full name begins with.
    Club,
    /// What the team of a country is called.
    NationalTeam,
    /// How an adjective of belonging begins, which begins no short name.
    Belonging,
    /// A verb of saying that tells an amount: «برأسمال \[يبلغ\] مليونا».
    AmountVerb,
    /// An agency.
    AgencyNoun,
    /// The second or third word of a rank: «العميد \[الركن المتقاعد\]».
    RankTail,
    /// A word of a rank that another may follow.
    RankMiddle,
    /// The second or third word of an address: «صاحب \[السمو الملكي\]».
    HonourTail,
    /// How a word for a part of a play begins: «في \[دور\] البطل».
    PlayedPart,
    /// Who acts for another.
    Deputy,
    /// A title that governs «عن» wherever it stands.
    GovernsAboutAnywhere,
    /// A site that is told from: «قال \[الموقع\] عن مصدر».
    SourceSite,
    /// How a verb ends that governs «على» and reports: «أكد على أهمية».
    InsistingVerb,
    /// Words that make a number approximate; they are kept in a figure's text.
    Approximator,
    /// A letter that some presses write for the decimal point, the part first: «9ر3 بالمائة» is 3.9 %, so that it looks right where lines run from right to left.
    DecimalLetter,
    /// A noun for the minutes behind an hour.
    MinuteNoun,
    /// A noun before a year in words: «عام ألفين وثمانية عشر».
    YearNoun,
    /// A noun for the month that a day is of: «15 من \[الشهر\] الجاري».
    MonthNoun,
}

"""Every deliberate error of Openback.

OpenbackError
├── BadInput                what was given cannot be used (exit status 2, HTTP 422 unless listed)
│   ├── BadCatalogue        data files, all problems at once
│   ├── BadRecipes          recipe files, all problems at once
│   ├── BadProfile          a person, place or screening that cannot be
│   ├── BadDataFile         a data file of Openback itself, all problems at once
│   ├── BadWishes           wishes for a programme that make no sense
│   ├── BadPlanChange       a change of the programme that cannot be made (HTTP 409)
│   ├── NoSuchSession       a session that the programme does not have
│   ├── BadSet              a set that cannot have happened
│   ├── TrainingStopped     a session that a warning sign keeps from beginning (HTTP 409)
│   ├── BadReminders        times of reminders that cannot be, all problems at once
│   ├── BadMonth            a month that has no report
│   ├── BadAway             a time away that cannot be, all problems at once
│   ├── BadCard             a card of the inspiration board that cannot be kept, all problems at once
│   ├── BadCycleNote        a note of the cycle that cannot be kept, all problems at once
│   ├── BadWeight           a weight that nobody has
│   ├── ImpossibleGoal      a weight by a day that cannot be reached safely
│   ├── BadHistory          a file that no training history can be read from: HistoryNotThere,
│   │                       -NotAFile, -NotReadable, -Empty, -TooBig, -NotText, -UnknownFormat,
│   │                       -TooWide, -TooLong, -NoRows, -BrokenJson, -NewerArchive
│   ├── BadRow              a row of such a file, which is listed and left out
│   ├── UnknownFood         an id that no food has (HTTP 404)
│   ├── BadOwnFood          a food of one's own that cannot be, all problems at once
│   ├── BadBarcode          digits that are no barcode
│   ├── BadFoodFile         a file that no foods can be read from: FoodFileNotThere, -NotReadable, -Empty,
│   │                       -LongLine, -NotText, FoodZipCutOff, -Damaged, -Locked, -Method, -Bomb, NoFoodFile
│   ├── BadFoodWishes       wishes about eating that make no sense
│   ├── BadFoodEntry        something eaten that cannot have been
│   ├── BadMeasure          a size that no body has
│   ├── MealDoesNotFit      a dish that may not stand in a place of the week
│   ├── BadFrames           frames of landmarks that cannot be, all problems at once
│   ├── BadPosturePhotos    photos of a posture check that do not go together
│   ├── NoPostureTold       pictures from which no posture can be told
│   ├── BadTestResult       a result of a desk test that cannot be, all problems at once
│   ├── NoTestTold          a take of a desk test from which nothing can be told
│   ├── BadPainNote         a note of the pain diary that cannot be, all problems at once
│   ├── NoClips             nothing to analyse in a folder or a list
│   ├── BadPhotos           photos that do not make a start and a peak
│   ├── NoCameraRules       an exercise that the camera has no rules for
│   ├── NotAVideo           a file that was attached to a set and is no video
│   ├── ClipTooBig          a clip that is larger than may be (HTTP 413)
│   ├── BadCoachFrame       bytes from a camera page that are no frame
│   ├── BadCoachMessage     a message from a camera page that cannot be read
│   ├── CoachRefused        a coach session that cannot be had: CoachIsFull, CoachIsOver
│   ├── BadOpenSimFile      a .trc or .mot file that breaks its own rules
│   ├── UnknownExercise     an id the catalogue does not have (HTTP 404)
│   ├── NotADatabase        a file that is something else
│   ├── CannotUndo          a change that later changes build on
│   ├── FileExists          a file that would be written over
│   ├── NotFound            a row that is not in the database (HTTP 404): NoProfileYet before the
│   │                       questions, NoProgrammeNow while the screening says stop; NoMealWeek,
│   │                       NoSuchMeal, UnknownRecipe and UnknownFlow
│   ├── BadClip             a clip or photo that nothing can be read from: ClipNotThere, -NotAFile,
│   │                       -NotOpened, -Empty, -IsSomethingElse, -NotReadable, -TooFine, -TooLong,
│   │                       -TooSlow, -TooMuch, -Stuck, PhotoIsSomethingElse, PhotoNotReadable
│   ├── NotAPicture, PictureDamaged, PictureTooLarge (HTTP 413), NobodyInPhoto: a picture that is not kept
│   ├── WrongPassphrase, WeakPassphrase, PassphrasesDiffer, NoKeyStore, PhotoKeyThere: the key of the photos
│   ├── PhotosLocked        photos before their passphrase was given (HTTP 423)
│   ├── PhotoGone           a photo that was erased for good (HTTP 404)
│   ├── NotAFolder          a folder for photos that holds something already
│   └── UnreadableFile      a file that is not there or may not be read
└── CouldNot                what was asked is fine, the machine or the data will not (exit status 1)
    ├── NewerDatabase       a database written by a newer Openback
    ├── DamagedDatabase     pages that do not fit together any more
    ├── DiskFull            no room to write
    ├── ReadOnlyDatabase    it may be read, not written
    ├── CannotOpenDatabase  no such folder, or no right to it
    ├── DatabaseBusy        another program holds it
    ├── DatabaseUnreachable a server that does not answer
    ├── DatabaseTrouble     anything else the database says no to
    ├── MissingDriver       a server without the package that talks to it
    ├── NotOneFile          a back-up to one file, asked of a server
    ├── UnwritableFile      a file that may not be written there
    ├── NoProgramme         no programme keeps all the rules
    ├── NoMealsFit          no week of meals, or no other dish, keeps them
    ├── NoCluster           a cluster that does not answer, or no package to talk to it
    ├── CannotReadClips     VideoNotInstalled, VideoPartsBroken, PoseModelMissing
    ├── PlannerGaveUp       a search that ended with nothing found
    ├── NoRoomForClip       a clip for which the disk has no room (HTTP 507)
    ├── PassphraseNeeded, PhotoKeyLost, KeyStoreSilent: photos that nobody can open now
    ├── PhotoDamaged        a file of the photos that is not what was written
    ├── CannotBlur          no part here that finds people in pictures
    ├── PaperTypeMissing    no fonts for PDF, because nothing was built
    └── PortInUse           another program listens there

The class makes the sentence; the sentence says what is wrong, where, and what to do.
Each kind of error has a module here; all are imported from this package.
HTTP statuses are in `openback.web.errors`, and only there.
"""

from openback.errors.base import BadInput, CouldNot, OpenbackError
from openback.errors.catalogue import BadCatalogue, UnknownExercise
from openback.errors.clips import (
    BadClip,
    CannotReadClips,
    ClipEmpty,
    ClipIsSomethingElse,
    ClipNotAFile,
    ClipNotOpened,
    ClipNotReadable,
    ClipNotThere,
    ClipStuck,
    ClipTooFine,
    ClipTooLong,
    ClipTooMuch,
    ClipTooSlow,
    PhotoIsSomethingElse,
    PhotoNotReadable,
    PoseModelMissing,
    VideoNotInstalled,
    VideoPartsBroken,
)
from openback.errors.desk import BadPainNote, BadTestResult, NoTestTold
from openback.errors.flows import UnknownFlow
from openback.errors.food import (
    BadBarcode,
    BadFoodEntry,
    BadFoodFile,
    BadFoodWishes,
    BadMeasure,
    BadOwnFood,
    BadRecipes,
    BadWeight,
    FoodFileEmpty,
    FoodFileLongLine,
    FoodFileNotReadable,
    FoodFileNotText,
    FoodFileNotThere,
    FoodZipBomb,
    FoodZipCutOff,
    FoodZipDamaged,
    FoodZipLocked,
    FoodZipMethod,
    ImpossibleGoal,
    MealDoesNotFit,
    NoFoodFile,
    NoMealsFit,
    NoMealWeek,
    NoSuchMeal,
    UnknownFood,
    UnknownRecipe,
)
from openback.errors.history import (
    BadHistory,
    BadRow,
    HistoryBrokenJson,
    HistoryEmpty,
    HistoryNewerArchive,
    HistoryNoRows,
    HistoryNotAFile,
    HistoryNotReadable,
    HistoryNotText,
    HistoryNotThere,
    HistoryTooBig,
    HistoryTooLong,
    HistoryTooWide,
    HistoryUnknownFormat,
)
from openback.errors.machine import BadHostName, PortInUse, UnreadableFile
from openback.errors.paper import BadMonth, PaperTypeMissing
from openback.errors.person import BadProfile, BadReminders, BadSet, TrainingStopped
from openback.errors.photos import (
    CannotBlur,
    KeyStoreSilent,
    NobodyInPhoto,
    NoKeyStore,
    NotAFolder,
    NotAPicture,
    PassphraseNeeded,
    PassphrasesDiffer,
    PhotoDamaged,
    PhotoGone,
    PhotoKeyLost,
    PhotoKeyThere,
    PhotosLocked,
    PictureDamaged,
    PictureTooLarge,
    WeakPassphrase,
    WrongPassphrase,
)
from openback.errors.posture import BadFrames, BadPosturePhotos, NoPostureTold
from openback.errors.programme import (
    BadDataFile,
    BadPlanChange,
    BadWishes,
    NoProgramme,
    NoSuchSession,
    PlannerGaveUp,
)
from openback.errors.progress import BadCycleNote
from openback.errors.steps import BadAway, BadCard
from openback.errors.storage import (
    CannotOpenDatabase,
    CannotUndo,
    DamagedDatabase,
    DatabaseBusy,
    DatabaseTrouble,
    DatabaseUnreachable,
    DiskFull,
    FileExists,
    MissingDriver,
    NewerDatabase,
    NoProfileYet,
    NoProgrammeNow,
    NotADatabase,
    NotFound,
    NotOneFile,
    ReadOnlyDatabase,
    UnwritableFile,
)
from openback.errors.watching import (
    BadCoachFrame,
    BadCoachMessage,
    BadOpenSimFile,
    BadPhotos,
    ClipTooBig,
    CoachIsFull,
    CoachIsOver,
    CoachRefused,
    NoCameraRules,
    NoClips,
    NoCluster,
    NoRoomForClip,
    NotAVideo,
)

__all__ = [
    "BadAway",
    "BadBarcode",
    "BadCard",
    "BadCatalogue",
    "BadClip",
    "BadCoachFrame",
    "BadCoachMessage",
    "BadCycleNote",
    "BadDataFile",
    "BadFoodEntry",
    "BadFoodFile",
    "BadFoodWishes",
    "BadFrames",
    "BadHistory",
    "BadHostName",
    "BadInput",
    "BadMeasure",
    "BadMonth",
    "BadOpenSimFile",
    "BadOwnFood",
    "BadPainNote",
    "BadPhotos",
    "BadPlanChange",
    "BadPosturePhotos",
    "BadProfile",
    "BadRecipes",
    "BadReminders",
    "BadRow",
    "BadSet",
    "BadTestResult",
    "BadWeight",
    "BadWishes",
    "CannotBlur",
    "CannotOpenDatabase",
    "CannotReadClips",
    "CannotUndo",
    "ClipEmpty",
    "ClipIsSomethingElse",
    "ClipNotAFile",
    "ClipNotOpened",
    "ClipNotReadable",
    "ClipNotThere",
    "ClipStuck",
    "ClipTooBig",
    "ClipTooFine",
    "ClipTooLong",
    "ClipTooMuch",
    "ClipTooSlow",
    "CoachIsFull",
    "CoachIsOver",
    "CoachRefused",
    "CouldNot",
    "DamagedDatabase",
    "DatabaseBusy",
    "DatabaseTrouble",
    "DatabaseUnreachable",
    "DiskFull",
    "FileExists",
    "FoodFileEmpty",
    "FoodFileLongLine",
    "FoodFileNotReadable",
    "FoodFileNotText",
    "FoodFileNotThere",
    "FoodZipBomb",
    "FoodZipCutOff",
    "FoodZipDamaged",
    "FoodZipLocked",
    "FoodZipMethod",
    "HistoryBrokenJson",
    "HistoryEmpty",
    "HistoryNewerArchive",
    "HistoryNoRows",
    "HistoryNotAFile",
    "HistoryNotReadable",
    "HistoryNotText",
    "HistoryNotThere",
    "HistoryTooBig",
    "HistoryTooLong",
    "HistoryTooWide",
    "HistoryUnknownFormat",
    "ImpossibleGoal",
    "KeyStoreSilent",
    "MealDoesNotFit",
    "MissingDriver",
    "NewerDatabase",
    "NoCameraRules",
    "NoClips",
    "NoCluster",
    "NoFoodFile",
    "NoKeyStore",
    "NoMealWeek",
    "NoMealsFit",
    "NoPostureTold",
    "NoProfileYet",
    "NoProgramme",
    "NoProgrammeNow",
    "NoRoomForClip",
    "NoSuchMeal",
    "NoSuchSession",
    "NoTestTold",
    "NobodyInPhoto",
    "NotADatabase",
    "NotAFolder",
    "NotAPicture",
    "NotAVideo",
    "NotFound",
    "NotOneFile",
    "OpenbackError",
    "PaperTypeMissing",
    "PassphraseNeeded",
    "PassphrasesDiffer",
    "PhotoDamaged",
    "PhotoGone",
    "PhotoIsSomethingElse",
    "PhotoKeyLost",
    "PhotoKeyThere",
    "PhotoNotReadable",
    "PhotosLocked",
    "PictureDamaged",
    "PictureTooLarge",
    "PlannerGaveUp",
    "PortInUse",
    "PoseModelMissing",
    "ReadOnlyDatabase",
    "TrainingStopped",
    "UnknownExercise",
    "UnknownFlow",
    "UnknownFood",
    "UnknownRecipe",
    "UnreadableFile",
    "UnwritableFile",
    "VideoNotInstalled",
    "VideoPartsBroken",
    "WeakPassphrase",
    "WrongPassphrase",
]

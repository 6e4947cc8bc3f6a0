"""The video and image environment: what its tools return, refuse and change."""

import pytest

from spectool.environments.video_images.environment import VIDEO_IMAGES
from tests.environments.tables_of_calls import changed, found, refused, refused_after, returned

# What is asked, and the whole result.
WHOLE = {
    "images are listed with what they were sorted by": (
        "search_images",
        {"tags": ["Dawn", "calm"], "max_price_eur": 20, "sort_by": "price_eur", "descending": False, "page_size": 1},
        {
            "assets": [
                {
                    "asset_id": "IM2311",
                    "media": "image",
                    "title": "Chess players at dawn",
                    "category": "people",
                    "creator_id": "CR121",
                    "usage": "free",
                    "price_eur": 0,
                }
            ],
            "total": 2,
            "page": 1,
            "next_page": 2,
        },
    ),
    "no image fits": ("search_images", {"words": "CLOSE heather"}, {"assets": [], "total": 0, "page": 1, "next_page": None}),
    "an image with the name of its creator": (
        "get_asset",
        {"asset_id": "IM2003"},
        {
            "asset_id": "IM2003",
            "title": "Rusted plate in close-up",
            "category": "abstract",
            "creator_id": "CR116",
            "tags": ["metal", "macro", "moody"],
            "uploaded": "2023-10-11",
            "usage": "commercial",
            "price_eur": 50,
            "downloads": 7329,
            "media": "image",
            "width": 5400,
            "height": 3600,
            "orientation": "landscape",
            "colour": "grey",
            "people": 0,
            "creator": "Petra Hrubesch",
        },
    ),
    "a video with images that go with it": (
        "get_asset",
        {"asset_id": "VD3005"},
        {
            "asset_id": "VD3005",
            "title": "Fallow deer in close-up",
            "category": "wildlife",
            "creator_id": "CR103",
            "tags": ["deer", "macro", "calm", "minimal"],
            "uploaded": "2026-08-11",
            "usage": "commercial",
            "price_eur": 30,
            "downloads": 7829,
            "media": "video",
            "resolution": "hd",
            "frames_per_second": 24,
            "duration_seconds": 168,
            "has_audio": False,
            "matching_asset_ids": ["IM2346"],
            "creator": "Cormac Tullyard",
        },
    ),
    "the most alike image of those that are free, by other creators": (
        "find_similar_images",
        {"asset_id": "IM2003", "limit": 1, "same_creator": False, "usage": "free"},
        {
            "asset_id": "IM2003",
            "images": [
                {
                    "asset_id": "IM2500",
                    "media": "image",
                    "title": "Grey heron in close-up",
                    "category": "wildlife",
                    "creator_id": "CR110",
                    "usage": "free",
                    "price_eur": 0,
                    "score": 6,
                }
            ],
        },
    ),
    "a creator by the parts of the name in any order": (
        "find_creators",
        {"name": "lyngfeldt SOREN"},
        {
            "creators": [
                {
                    "creator_id": "CR119",
                    "name": "Soren Lyngfeldt",
                    "country": "DK",
                    "speciality": "architecture",
                    "joined": "2016-06-27",
                    "exclusive": False,
                    "image_count": 5,
                    "video_count": 3,
                }
            ],
            "total": 1,
        },
    ),
    "a creator without videos": (
        "list_creator_assets",
        {"creator_id": "CR106", "media": "video"},
        {
            "creator_id": "CR106",
            "name": "Fiorella Bassanego",
            "country": "IT",
            "speciality": "transport",
            "joined": "2019-01-23",
            "exclusive": False,
            "image_count": 5,
            "video_count": 0,
            "assets": [],
            "total": 0,
            "downloads": 0,
        },
    ),
    "videos by usage, with downloads and prices": (
        "summarise_assets",
        {"media": "video", "group_by": "usage"},
        {
            "groups": [
                {"usage": "commercial", "assets": 47, "downloads": 251211, "min_price_eur": 10, "max_price_eur": 90},
                {"usage": "editorial", "assets": 16, "downloads": 71950, "min_price_eur": 20, "max_price_eur": 85},
                {"usage": "free", "assets": 17, "downloads": 81704, "min_price_eur": 0, "max_price_eur": 0},
            ]
        },
    ),
    "free images of food by year": (
        "summarise_assets",
        {"media": "image", "group_by": "year", "category": "food", "usage": "free"},
        {
            "groups": [
                {"year": "2023", "assets": 2, "downloads": 14590, "min_price_eur": 0, "max_price_eur": 0},
                {"year": "2024", "assets": 1, "downloads": 3009, "min_price_eur": 0, "max_price_eur": 0},
            ]
        },
    ),
    "the collections that hold an image": (
        "list_collections",
        {"asset_id": "IM2003"},
        {"collections": [{"collection_id": "CL403", "name": "Steel and Steam", "owner": "archive", "assets": 6}], "total": 1},
    ),
    "a quote: twice the base price for print, and a fifth for each further seat": (
        "quote_licence",
        {"asset_id": "VD3005", "licence": "print", "seats": 3},
        {"asset_id": "VD3005", "licence": "print", "seats": 3, "price_eur": 84},
    ),
    "a quote for one person unless told otherwise": (
        "quote_licence",
        {"asset_id": "VD3005", "licence": "extended"},
        {"asset_id": "VD3005", "licence": "extended", "seats": 1, "price_eur": 150},
    ),
    "licences with what they cost in all": (
        "list_licences",
        {"licence": "extended", "sort_by": "price_eur"},
        {
            "licences": [
                {"licence_id": "LC814", "asset_id": "VD3707", "licence": "extended", "seats": 5, "price_eur": 765, "bought": "2026-02-03"},
                {"licence_id": "LC804", "asset_id": "IM2171", "licence": "extended", "seats": 5, "price_eur": 630, "bought": "2025-07-08"},
                {"licence_id": "LC813", "asset_id": "IM2066", "licence": "extended", "seats": 1, "price_eur": 175, "bought": "2024-03-14"},
            ],
            "total": 3,
            "total_eur": 1570,
        },
    ),
    "no licence for an image": ("list_licences", {"asset_id": "IM2003"}, {"licences": [], "total": 0, "total_eur": 0}),
}
# What is asked, the ids of what is shown, and how many there are in all.
FOUND = {
    "free wildlife in landscape format": (
        "search_images",
        {"category": "wildlife", "usage": "free", "orientation": "landscape"},
        "assets",
        ["IM2241", "IM2500"],
        2,
    ),
    "wide images with people": (
        "search_images",
        {"with_people": True, "category": "people", "min_width": 7000},
        "assets",
        ["IM2675", "IM2311", "IM2395", "IM2829", "IM2647"],
        5,
    ),
    "images without people, by colour and creator": (
        "search_images",
        {"with_people": False, "colour": "grey", "creator_id": "CR116"},
        "assets",
        ["IM2458", "IM2003"],
        2,
    ),
    "the second of this year's images": (
        "search_images",
        {"uploaded": {"start": "2027-01-01"}, "page": 2, "page_size": 1},
        "assets",
        ["IM2262"],
        2,
    ),
    "videos of a length, with sound, in 4K": (
        "search_videos",
        {"resolution": "uhd_4k", "duration": {"at_least": 120, "at_most": 200}, "has_audio": True},
        "assets",
        ["VD3311", "VD3644", "VD3257", "VD3338"],
        4,
    ),
    "the longest video at 60 frames a second": (
        "search_videos",
        {"frames_per_second": 60, "sort_by": "duration_seconds", "page_size": 1},
        "assets",
        ["VD3590"],
        11,
    ),
    "silent videos by words of the title": (
        "search_videos",
        {"words": "rain", "has_audio": False},
        "assets",
        ["VD3482", "VD3653", "VD3590", "VD3608", "VD3554"],
        5,
    ),
    "images like a video, the same score by id": (
        "find_similar_images",
        {"asset_id": "VD3005", "limit": 4},
        "images",
        ["IM2500", "IM2598", "IM2129", "IM2164"],
        4,
    ),
    "creators by speciality who sell elsewhere, too": (
        "find_creators",
        {"speciality": "food", "exclusive": False},
        "creators",
        ["CR104", "CR120"],
        2,
    ),
    "what a creator has, the most downloaded first": (
        "list_creator_assets",
        {"creator_id": "CR102", "sort_by": "downloads"},
        "assets",
        ["IM2563", "IM2388", "VD3266"],
        3,
    ),
    "the customer's collections by a part of the name": (
        "list_collections",
        {"owner": "customer", "name": "APP"},
        "collections",
        ["CL419"],
        1,
    ),
    "a collection in its order": (
        "get_collection",
        {"collection_id": "CL418"},
        "assets",
        ["IM2080", "IM2738", "IM2465", "IM2241", "IM2696"],
        5,
    ),
}
REFUSED = {
    "the id of a collection is no asset's": ("get_asset", {"asset_id": "CL401"}, "not_found", "no image or video 'CL401'"),
    "a longest duration below the shortest": (
        "search_videos",
        {"duration": {"at_least": 60, "at_most": 30}},
        "invalid_argument",
        "expected 'at_most' of at least 60, got '30'",
    ),
    "a frame rate that nothing is filmed at": (
        "search_videos",
        {"frames_per_second": 48},
        "invalid_argument",
        "frames_per_second: expected 24 or 25 or 30 or 50 or 60, got integer '48'",
    ),
    "images have no duration": ("search_images", {"duration": {"at_least": 60}}, "invalid_argument", "expected no argument 'duration'"),
    "a month that the calendar does not have": (
        "search_images",
        {"uploaded": {"end": "2026-13-01"}},
        "invalid_argument",
        "expected a date of the calendar, YYYY-MM-DD, got '2026-13-01'",
    ),
    "a creator who is not there": ("list_creator_assets", {"creator_id": "CR1"}, "not_found", "no creator 'CR1'"),
    "a country by its name": (
        "find_creators",
        {"country": "Denmark"},
        "invalid_argument",
        "country: expected maxLength 2, got string 'Denmark'",
    ),
    "a collection that is not there": ("get_collection", {"collection_id": "CL1"}, "not_found", "no collection 'CL1'"),
    "likeness to nothing": ("find_similar_images", {"asset_id": "IM1"}, "not_found", "no image or video 'IM1'"),
    "a new collection with an image twice": (
        "create_collection",
        {"name": "Lobby", "asset_ids": ["IM2003", "IM2003"]},
        "invalid_argument",
        "expected each asset once, got 'IM2003' twice",
    ),
    "scaling up": (
        "crop_image",
        {"asset_id": "IM2010", "box": {"width": 1000, "height": 500}, "scale_to": 1001},
        "invalid_argument",
        "expected 'scale_to' of at most 1000, the width of the box, got '1001'",
    ),
    "a box that ends beyond the image": (
        "crop_image",
        {"asset_id": "IM2010", "box": {"left": 5900, "width": 101, "height": 500}},
        "invalid_argument",
        "expected a box within 6000 x 4000 pixels, got one that ends beyond",
    ),
    "a crop of a video": (
        "crop_image",
        {"asset_id": "VD3635", "box": {"width": 900, "height": 300}},
        "invalid_argument",
        "expected the id of one of the images, got 'VD3635', one of the videos",
    ),
    "a higher resolution than the video has": (
        "convert_video",
        {"asset_id": "VD3635", "format": "mp4", "resolution": "uhd_4k"},
        "invalid_argument",
        "expected a resolution of at most full_hd, got 'uhd_4k'",
    ),
    "a clip that ends where it starts": (
        "convert_video",
        {"asset_id": "VD3635", "format": "mp4", "clip": {"start_seconds": 30, "end_seconds": 30}},
        "invalid_argument",
        "expected a clip that ends after it starts and within 192 seconds, got 30 to 30",
    ),
    "a clip that ends after the video": (
        "convert_video",
        {"asset_id": "VD3635", "format": "mp4", "clip": {"end_seconds": 193}},
        "invalid_argument",
        "expected a clip that ends after it starts and within 192 seconds, got 0 to 193",
    ),
    "a format that is not made": (
        "convert_video",
        {"asset_id": "VD3635", "format": "avi"},
        "invalid_argument",
        "format: expected mov or mp4 or webm, got string 'avi'",
    ),
}
# Calls one after another, what the last returns, and what has changed.
CHANGED = {
    "a new collection is the customer's": (
        [("create_collection", {"name": "Lobby", "asset_ids": ["VD3005", "IM2003"]})],
        {"collection_id": "CLYFDJ4", "name": "Lobby", "owner": "customer", "asset_ids": ["VD3005", "IM2003"]},
        {"collections": {"CLYFDJ4": {"collection_id": "CLYFDJ4", "name": "Lobby", "owner": "customer", "asset_ids": ["VD3005", "IM2003"]}}},
    ),
    "a name that only the archive uses is free": (
        [("create_collection", {"name": "Quiet Mornings", "asset_ids": ["IM2003"]})],
        {"collection_id": "CL6JE9K", "name": "Quiet Mornings", "owner": "customer", "asset_ids": ["IM2003"]},
        {"collections": {"CL6JE9K": {"collection_id": "CL6JE9K", "name": "Quiet Mornings", "owner": "customer", "asset_ids": ["IM2003"]}}},
    ),
    "assets are added at the end": (
        [("add_to_collection", {"collection_id": "CL424", "asset_ids": ["IM2003", "VD3005"]})],
        {"collection_id": "CL424", "name": "Train posters", "owner": "customer", "asset_ids": ["VD3680", "IM2773", "IM2003", "VD3005"]},
        {
            "collections": {
                "CL424": {
                    "collection_id": "CL424",
                    "name": "Train posters",
                    "owner": "customer",
                    "asset_ids": ["VD3680", "IM2773", "IM2003", "VD3005"],
                }
            }
        },
    ),
    "a licence is bought today": (
        [("license_asset", {"asset_id": "VD3005", "licence": "web"})],
        {"licence_id": "LCWRN3U", "asset_id": "VD3005", "licence": "web", "seats": 1, "price_eur": 30, "bought": "2027-03-01"},
        {
            "licences": {
                "LCWRN3U": {
                    "licence_id": "LCWRN3U",
                    "asset_id": "VD3005",
                    "licence": "web",
                    "seats": 1,
                    "price_eur": 30,
                    "bought": "2027-03-01",
                }
            }
        },
    ),
    "a licence of another kind for the same image": (
        [("license_asset", {"asset_id": "IM2325", "licence": "web", "seats": 2})],
        {"licence_id": "LCACCWT", "asset_id": "IM2325", "licence": "web", "seats": 2, "price_eur": 18, "bought": "2027-03-01"},
        {
            "licences": {
                "LCACCWT": {
                    "licence_id": "LCACCWT",
                    "asset_id": "IM2325",
                    "licence": "web",
                    "seats": 2,
                    "price_eur": 18,
                    "bought": "2027-03-01",
                }
            }
        },
    ),
    "a crop is scaled down to web size": (
        [
            (
                "crop_image",
                {"asset_id": "IM2010", "box": {"left": 100, "top": 50, "width": 3000, "height": 2000}, "scale_to": "web", "format": "webp"},
            )
        ],
        {
            "rendition_id": "RN6AK4Y",
            "asset_id": "IM2010",
            "kind": "crop",
            "format": "webp",
            "box": {"left": 100, "top": 50, "width": 3000, "height": 2000},
            "width": 1200,
            "height": 800,
        },
        {
            "renditions": {
                "RN6AK4Y": {
                    "rendition_id": "RN6AK4Y",
                    "asset_id": "IM2010",
                    "kind": "crop",
                    "format": "webp",
                    "box": {"left": 100, "top": 50, "width": 3000, "height": 2000},
                    "width": 1200,
                    "height": 800,
                }
            }
        },
    ),
    "a crop that is narrower than web size stays as it is": (
        [("crop_image", {"asset_id": "IM2010", "box": {"width": 900, "height": 300}, "scale_to": "web"})],
        {
            "rendition_id": "RNSV5R3",
            "asset_id": "IM2010",
            "kind": "crop",
            "format": "jpeg",
            "box": {"left": 0, "top": 0, "width": 900, "height": 300},
            "width": 900,
            "height": 300,
        },
        {
            "renditions": {
                "RNSV5R3": {
                    "rendition_id": "RNSV5R3",
                    "asset_id": "IM2010",
                    "kind": "crop",
                    "format": "jpeg",
                    "box": {"left": 0, "top": 0, "width": 900, "height": 300},
                    "width": 900,
                    "height": 300,
                }
            }
        },
    ),
    "a crop scaled to a width in pixels": (
        [("crop_image", {"asset_id": "IM2010", "box": {"width": 900, "height": 300}, "scale_to": 450, "format": "png"})],
        {
            "rendition_id": "RNN5KG4",
            "asset_id": "IM2010",
            "kind": "crop",
            "format": "png",
            "box": {"left": 0, "top": 0, "width": 900, "height": 300},
            "width": 450,
            "height": 150,
        },
        {
            "renditions": {
                "RNN5KG4": {
                    "rendition_id": "RNN5KG4",
                    "asset_id": "IM2010",
                    "kind": "crop",
                    "format": "png",
                    "box": {"left": 0, "top": 0, "width": 900, "height": 300},
                    "width": 450,
                    "height": 150,
                }
            }
        },
    ),
    "what is licensed can be cropped": (
        [
            ("license_asset", {"asset_id": "IM2003", "licence": "web"}),
            ("crop_image", {"asset_id": "IM2003", "box": {"width": 900, "height": 300}}),
        ],
        {
            "rendition_id": "RNNH2GP",
            "asset_id": "IM2003",
            "kind": "crop",
            "format": "jpeg",
            "box": {"left": 0, "top": 0, "width": 900, "height": 300},
            "width": 900,
            "height": 300,
        },
        {
            "licences": {
                "LCQMX4C": {
                    "licence_id": "LCQMX4C",
                    "asset_id": "IM2003",
                    "licence": "web",
                    "seats": 1,
                    "price_eur": 50,
                    "bought": "2027-03-01",
                }
            },
            "renditions": {
                "RNNH2GP": {
                    "rendition_id": "RNNH2GP",
                    "asset_id": "IM2003",
                    "kind": "crop",
                    "format": "jpeg",
                    "box": {"left": 0, "top": 0, "width": 900, "height": 300},
                    "width": 900,
                    "height": 300,
                }
            },
        },
    ),
    "a part of a video without its sound": (
        [("convert_video", {"asset_id": "VD3635", "format": "mp4", "clip": {"end_seconds": 30}, "keep_audio": False})],
        {
            "rendition_id": "RNPRSV5",
            "asset_id": "VD3635",
            "kind": "conversion",
            "format": "mp4",
            "resolution": "full_hd",
            "start_seconds": 0,
            "end_seconds": 30,
            "has_audio": False,
        },
        {
            "renditions": {
                "RNPRSV5": {
                    "rendition_id": "RNPRSV5",
                    "asset_id": "VD3635",
                    "kind": "conversion",
                    "format": "mp4",
                    "resolution": "full_hd",
                    "start_seconds": 0,
                    "end_seconds": 30,
                    "has_audio": False,
                }
            }
        },
    ),
    "a silent video keeps no sound": (
        [("license_asset", {"asset_id": "VD3005", "licence": "web"}), ("convert_video", {"asset_id": "VD3005", "format": "mov"})],
        {
            "rendition_id": "RNM8W5J",
            "asset_id": "VD3005",
            "kind": "conversion",
            "format": "mov",
            "resolution": "hd",
            "start_seconds": 0,
            "end_seconds": 168,
            "has_audio": False,
        },
        {
            "licences": {
                "LCWRN3U": {
                    "licence_id": "LCWRN3U",
                    "asset_id": "VD3005",
                    "licence": "web",
                    "seats": 1,
                    "price_eur": 30,
                    "bought": "2027-03-01",
                }
            },
            "renditions": {
                "RNM8W5J": {
                    "rendition_id": "RNM8W5J",
                    "asset_id": "VD3005",
                    "kind": "conversion",
                    "format": "mov",
                    "resolution": "hd",
                    "start_seconds": 0,
                    "end_seconds": 168,
                    "has_audio": False,
                }
            },
        },
    ),
    "looking and asking for prices change nothing": (
        [("search_videos", {}), ("quote_licence", {"asset_id": "VD3005", "licence": "web"})],
        {"asset_id": "VD3005", "licence": "web", "seats": 1, "price_eur": 30},
        {},
    ),
}
# Calls of which the last is refused, and why: the state does not allow it.
CONFLICTS = {
    "a free image needs no licence": (
        [("license_asset", {"asset_id": "IM2010", "licence": "web"})],
        "'IM2010' is free to use and needs no licence",
    ),
    "nor is one quoted for it": (
        [("quote_licence", {"asset_id": "IM2010", "licence": "web"})],
        "'IM2010' is free to use and needs no licence",
    ),
    "no extended licence for editorial use": (
        [("quote_licence", {"asset_id": "IM2395", "licence": "extended"})],
        "'IM2395' is for editorial use and has no extended licence",
    ),
    "the same licence twice": (
        [
            ("license_asset", {"asset_id": "VD3005", "licence": "web"}),
            ("license_asset", {"asset_id": "VD3005", "licence": "web", "seats": 3}),
        ],
        "there is a web licence for 'VD3005' already",
    ),
    "a second collection of the same name": (
        [("create_collection", {"name": "wall CALENDAR", "asset_ids": ["IM2003"]})],
        "the user has a collection 'wall CALENDAR' already",
    ),
    "the archive's own collections stay as they are": (
        [("add_to_collection", {"collection_id": "CL401", "asset_ids": ["IM2003"]})],
        "collection 'CL401' is the archive's own and cannot be changed",
    ),
    "an image is in a collection once": (
        [
            ("add_to_collection", {"collection_id": "CL424", "asset_ids": ["IM2003"]}),
            ("add_to_collection", {"collection_id": "CL424", "asset_ids": ["VD3005", "IM2003"]}),
        ],
        "asset 'IM2003' is in the collection already",
    ),
    "a collection is full": (
        [("add_to_collection", {"collection_id": "CL418", "asset_ids": ["IM2003", "IM2010", "IM2017", "IM2024", "IM2031", "IM2038"]})],
        "a collection holds 10 assets, and these would make 11",
    ),
    "what is neither free nor licensed is not cropped": (
        [("crop_image", {"asset_id": "IM2003", "box": {"width": 900, "height": 300}})],
        "'IM2003' is not free and there is no licence for it",
    ),
    "the same crop twice": (
        [
            ("crop_image", {"asset_id": "IM2010", "box": {"left": 0, "top": 0, "width": 900, "height": 300}}),
            ("crop_image", {"asset_id": "IM2010", "box": {"width": 900, "height": 300}}),
        ],
        "there is that rendition already: 'RNSV5R3'",
    ),
    "the same conversion twice": (
        [("convert_video", {"asset_id": "VD3635", "format": "webm", "resolution": "hd"})],
        "there is that rendition already: 'RN902'",
    ),
}

IDS = {"assets": "asset_id", "images": "asset_id", "creators": "creator_id", "collections": "collection_id", "licences": "licence_id"}


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_call_returns(sentence):
    tool, arguments, result = WHOLE[sentence]
    assert returned(VIDEO_IMAGES, tool, arguments) == result


@pytest.mark.parametrize("sentence", FOUND)
def test_a_search_finds(sentence):
    tool, arguments, key, ids, total = FOUND[sentence]
    assert found(VIDEO_IMAGES, tool, arguments, key, IDS[key]) == (ids, total)


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_call_is_refused(sentence):
    tool, arguments, code, message = REFUSED[sentence]
    assert refused(VIDEO_IMAGES, tool, arguments) == (code, message)


@pytest.mark.parametrize("sentence", CHANGED)
def test_calls_change_the_state(sentence):
    calls, last, changes = CHANGED[sentence]
    assert changed(VIDEO_IMAGES, calls) == (last, changes)


@pytest.mark.parametrize("sentence", CONFLICTS)
def test_the_state_does_not_allow_a_call(sentence):
    calls, message = CONFLICTS[sentence]
    assert refused_after(VIDEO_IMAGES, calls) == ("conflict", message)

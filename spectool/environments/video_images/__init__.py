"""A stock archive of images and videos: search, collections, licences, crops and conversions."""

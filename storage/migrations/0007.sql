-- Format 7: what belongs to a document, from the whole to its parts.

CREATE INDEX items_whole ON items(text, doc) WHERE what = 'belonging' AND state = 'accepted';

-- Format 4: what a query looks for. The words of the index are folded otherwise
-- (storage/words): it is made anew with this step.

CREATE INDEX items_value ON items(key, text, doc) WHERE what = 'value' AND state = 'accepted';
CREATE INDEX items_mark ON items(key, doc) WHERE what = 'mark' AND state = 'accepted';
CREATE INDEX items_note ON items(doc) WHERE what = 'note' AND state = 'accepted';
CREATE INDEX items_correction ON items(doc) WHERE what = 'correction' AND state = 'accepted';
CREATE INDEX items_part ON items(doc) WHERE what = 'split' AND state = 'accepted';

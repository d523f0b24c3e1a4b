package ingest

import "encoding/json"

// RemakeBy is Remake by a recipe as the archive has it, in JSON.
func RemakeBy(original []byte, recipe json.RawMessage) (string, error) {
	var r Recipe
	if err := json.Unmarshal(recipe, &r); err != nil {
		return "", err
	}
	return Remake(original, r)
}

// RebuildBy is Rebuild by a recipe as the archive has it, in JSON.
func RebuildBy(text string, recipe json.RawMessage) ([]byte, error) {
	var r Recipe
	if err := json.Unmarshal(recipe, &r); err != nil {
		return nil, err
	}
	return Rebuild(text, r)
}

package index

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Weights are the numbers that decide what is found and in which order; weights.txt says what each does.
type Weights struct {
	TitleWeight, TitleLength, BodyLength, Saturation, ExactWeight, LeadWeight, LeadLeast float64

	FreshnessWeight, FreshnessMonths float64

	Share, StopWeight, BesideWeight, NameWeight, FullWeight, FullFirst float64

	LikeLeast, LikeWeight, LikePower, LikeRarity, StartWeight, RepairLeast, PartMost float64

	TranslationWeight, TranslationPower float64
}

//go:embed weights.txt
var weightsText string

// DefaultWeights are those of weights.txt.
var DefaultWeights = sync.OnceValue(func() Weights {
	var w Weights
	if err := w.read(weightsText); err != nil {
		panic(err) // a wrong line in our own source
	}
	return w
})

func (w *Weights) read(text string) error {
	missing := w.named()
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(f) != 2 {
			return fmt.Errorf("weight %q has no value", line)
		}
		if err := w.Set(f[0], f[1]); err != nil {
			return err
		}
		delete(missing, f[0])
	}
	for name := range missing {
		return fmt.Errorf("weight %s is missing", name)
	}
	return nil
}

// Set changes the weight with a name of weights.txt.
func (w *Weights) Set(name, value string) error {
	to, ok := w.named()[name]
	if !ok {
		return fmt.Errorf("there is no weight %q", name)
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("weight %s cannot be %q", name, value)
	}
	*to = v
	return nil
}

func (w *Weights) named() map[string]*float64 {
	return map[string]*float64{
		"title-weight": &w.TitleWeight, "title-length": &w.TitleLength, "body-length": &w.BodyLength,
		"saturation": &w.Saturation, "exact-weight": &w.ExactWeight,
		"lead-weight": &w.LeadWeight, "lead-least": &w.LeadLeast,
		"freshness-weight": &w.FreshnessWeight, "freshness-months": &w.FreshnessMonths,
		"share": &w.Share, "stop-weight": &w.StopWeight, "beside-weight": &w.BesideWeight, "name-weight": &w.NameWeight,
		"full-weight": &w.FullWeight, "full-first": &w.FullFirst,
		"like-least": &w.LikeLeast, "like-weight": &w.LikeWeight, "like-power": &w.LikePower, "like-rarity": &w.LikeRarity, "start-weight": &w.StartWeight, "repair-least": &w.RepairLeast, "part-most": &w.PartMost,
		"translation-weight": &w.TranslationWeight, "translation-power": &w.TranslationPower,
	}
}

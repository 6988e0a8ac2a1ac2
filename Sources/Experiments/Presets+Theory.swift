import Engine

extension Presets {
  /// Sections are those of Yin et al. 2019.
  static let theory = [
    Preset(
      summary: "Straight-through estimators race in the two-layer model from its spurious minimum",
      source: "Yin et al. 2019 (arXiv:1903.05662): the model of section 2, v* and w* our own",
      experiment: {
        var experiment = standard.experiment
        (experiment.kind, experiment.name) = (.theory, "ste-theory")
        experiment.title = "Coarse gradients in the two-layer model"
        return experiment
      }())
  ]
}

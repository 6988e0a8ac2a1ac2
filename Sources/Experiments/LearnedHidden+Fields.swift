import Engine

extension LearnedHidden {
  /// Which hidden units have a row of coefficients.
  enum Sharing: String, CaseIterable, Sendable { case layer, neuron }

  var sharing: Sharing {
    get { activation.sharing == .channel ? .neuron : .layer }
    set { activation.sharing = newValue == .neuron ? .channel : .layer }
  }

  /// Its activation taken apart; inputs are clipped, and fitted as far as they go.
  var fields: LearnedFields {
    get { SelfLearnableRecipe(activation).fields }
    set {
      var (recipe, fields) = (SelfLearnableRecipe(activation), newValue)
      (fields.ends, fields.reach) = (.clipped, fields.clipScale)
      recipe.fields = fields
      activation = recipe.activation
    }
  }
}

package import Runs

extension RunRow {
  /// The run as a JSON object. All keys are always there; what is not known is `null`.
  package var json: JSONObject {
    var object = JSONObject()
    let text = { (value: String?) in value.map(JSONValue.string) ?? .null }
    let count = { (value: Int?) in value.map(JSONValue.integer) ?? .null }
    let number = { (value: Double?) in value.map(JSONValue.number) ?? .null }
    object["name"] = .string(name)
    object["folder"] = .string(folder)
    object["experiment"] = text(experiment)
    object["model"] = text(model)
    object["state"] = .string(state.rawValue)
    object["reason"] = text(reason)
    object["seed"] = count(seed)
    object["parameters"] = count(parameters)
    object["created"] = text(created)
    object["ended"] = text(ended)
    object["step"] = count(step)
    object["steps"] = count(steps)
    object["epoch"] = count(epoch)
    object["epochs"] = count(epochs)
    object["seconds"] = number(seconds)
    object["parent"] = Self.parent(parent, step: parentStep)
    object["note"] = text(note)
    object["tags"] = .array(tags.map(JSONValue.string))
    object["best"] = number(scores.best)
    object["last"] = number(scores.last)
    object["test"] = number(scores.test)
    object["infinity"] = number(scores.infinity)
    object["bits"] = number(scores.bits)
    if !values.isEmpty {
      var asked = JSONObject()
      for value in values { asked[value.name] = value.value?.json ?? .null }
      object["values"] = .object(asked)
    }
    return object
  }

  private static func parent(_ run: String?, step: Int?) -> JSONValue {
    guard let run else { return .null }
    var object = JSONObject()
    object["run"] = .string(run)
    object["step"] = step.map(JSONValue.integer) ?? .null
    return .object(object)
  }
}

extension RunSummary.SettingValue {
  var json: JSONValue {
    switch self {
    case .integer(let value): .integer(value)
    case .number(let value): value.isFinite ? .number(value) : .string(value > 0 ? "inf" : "-inf")
    case .text("true"): .bool(true)
    case .text("false"): .bool(false)
    case .text(let value): .string(value)
    }
  }
}

import Runs

extension RunDetails {
  /// The run as one line of JSON: what ``RunRow/json`` has, and all else besides.
  package var json: String {
    var object = row.json
    var (last, best, settings) = (JSONObject(), JSONObject(), JSONObject())
    for metric in summary.metrics {
      last.insert(.number(metric.last), at: metric.key)
      best.insert(.number(metric.best), at: metric.key)
    }
    for setting in summary.settings { settings.insert(setting.value.json, at: setting.key) }
    var metrics = JSONObject()
    metrics["last"] = .object(last)
    metrics["best"] = .object(best)
    object["metrics"] = .object(metrics)
    object["settings"] = .object(settings)
    object["preset"] = .string(preset)
    object["changed"] = .array(differences.map { .string($0.key) })
    object["checkpoints"] = .array(checkpoints.map { .object($0.json) })
    object["edits"] = .array(summary.edits.last.map { .object($0.object) })
    object["editCount"] = .integer(summary.edits.count)
    object["resumes"] = .array(summary.resumes.map(JSONValue.integer))
    object["forks"] = .array(forks.map { .object($0.json) })
    object["damagedLines"] = .integer(summary.damagedLines)
    return JSONValue.object(object).text
  }
}

extension RunDetails.Checkpoint {
  fileprivate var json: JSONObject {
    var object = JSONObject()
    object["step"] = .integer(step)
    object["path"] = .string(path)
    object["bytes"] = .integer(bytes)
    object["reason"] = reason.map(JSONValue.string) ?? .null
    return object
  }
}

extension RunDetails.Fork {
  fileprivate var json: JSONObject {
    var object = JSONObject()
    object["run"] = .string(name)
    object["step"] = step.map(JSONValue.integer) ?? .null
    return object
  }
}

extension RunSummary.Edit {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object["step"] = .integer(step)
    // Long edits are kept cut off, and are texts then.
    object["edit"] = (try? JSONParser.parse(Array(json.utf8))) ?? .string(json)
    object["isByRule"] = .bool(isByRule)
    object["isAbandoned"] = .bool(isAbandoned)
    return object
  }
}

import ArgumentParser
import Terminal
import TerminalScreen

/// `interspike run`: trains, in the dashboard or printing events.
struct RunCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train an experiment; without arguments the default one.")

  @OptionGroup var options: RunOptions

  func perform() throws -> Ending {
    let plan = try RunPlan(options)
    if options.once { return try OnceSession(plan, options).run() }
    if options.showsDashboard {
      do {
        return try DashboardSession.show(plan)
      } catch let error as ScreenError {
        StandardError.write("interspike: \(Messages.sentence(for: error))\n")
      }
    }
    return try HeadlessSession.print(plan, form: options.json ? .json : .plain)
  }
}

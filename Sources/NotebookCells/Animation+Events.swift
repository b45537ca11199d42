public import NotebookEvents
public import Plotting

extension Animation: Displayable {
  /// The moving picture for a light page and for a dark one, with a still one for print.
  public func events() throws -> [Event] {
    let size = size
    return [
      .figure(
        Event.Figure(
          format: .gif, width: size.width, height: size.height, light: try render(theme: .light),
          dark: try render(theme: .dark), poster: try poster(), alternativeText: alternativeText,
          data: data.csv(atMost: 5000)))
    ]
  }
}

public import NotebookEvents
public import Plotting

extension Figure: Displayable {
  /// The drawing for a light page and for a dark one, with its numbers.
  public func events() throws -> [Event] {
    let size = size
    return [
      .figure(
        Event.Figure(
          format: .png, width: size.width, height: size.height, light: try render(theme: .light, scale: 2),
          dark: try render(theme: .dark, scale: 2), alternativeText: alternativeText,
          // Enough for a reader to plot it again; a million points would make the page one.
          data: data.csv(atMost: 5000)))
    ]
  }
}

import NotebookModel
import Testing

@Suite struct BadInputTests {
  @Test(arguments: [
    ("a\n\n```swift\nlet a\n", "n.md:3:1: error: the fence ```swift is not closed; end it with a line ```"),
    (
      "```swift\n//| ehco: true\n```", "n.md:2:5: error: there is no cell option `ehco`; did you mean `echo`?"
    ),
    ("```swift\n//| alt: x\n```", "n.md:2:5: error: there is no cell option `alt`; did you mean `fig-alt`?"),
    ("```swift\n//| echo: yes\n```", "n.md:2:11: error: `echo` is `true` or `false`, not `yes`"),
    ("```swift\n//| timeout: 0\n```", "n.md:2:14: error: `timeout` is a number of seconds, not `0`"),
    ("```swift\n//| echo: true\n//| echo: true\n```", "n.md:3:5: error: `echo` was given in line 2 already"),
    ("```swift\n//| echo\n```", "n.md:2:5: error: this is not an option; write `//| key: value`"),
    (
      "```swift noeval\n```",
      "n.md:1:1: error: `noeval` behind ```swift means nothing; write options as lines `//| key: value` at the top of the cell"
    ),
    (
      "```swift\nlet a = 1\n\ntext\n\n```swift\nlet b = 1\n```",
      "n.md:1:1: error: this cell swallows the fence in line 6; close it before, with a line ```"
    ),
    (
      "$$ a $$ {#eq-a}\n\n$$ b $$ {#eq-a}",
      "n.md:3:1: error: the label `eq-a` was given in line 1 already; every label needs a name of its own"
    ),
    (
      "$$ a $$ {#eq-tweedie}\n\nBy @eq-twedie.",
      "n.md:3:4: error: there is no `eq-twedie`; did you mean `eq-tweedie`?"
    ),
    ("é @fig-x", "n.md:1:4: error: there is no `fig-x`"),
    (
      "$$ a $$ {#tweedie}",
      "n.md:1:1: error: the label `tweedie` of an equation does not begin with `eq-`; write `{#eq-tweedie}`"
    ),
    (
      "$$ a $$ {#eq-a .defn}",
      "n.md:1:1: error: an equation has no class `.defn`; there are `definition`, `cited`, `unchecked`"
    ),
    (
      "$$ a $$ {#eq-a .definitoin}",
      "n.md:1:1: error: an equation has no class `.definitoin`; did you mean `definition`?"
    ),
    (
      "text\n$$\na\n\nb\n$$",
      "n.md:2:1: error: the equation that `$$` opens is not closed; end it with `$$`; no blank line may stand in it"
    ),
    ("$$$$", "n.md:1:1: error: an empty formula; write TeX between the dollar signs"),
    (
      "`{swift}`",
      "n.md:1:1: error: `{swift}` without an expression; write `{swift} expression`, in backquotes"
    ),
    ("---\ntitel: x\n---\n", "n.md:2:1: error: the front matter has no key `titel`; did you mean `title`?"),
    (
      "---\ntitle: a: b\n---\n",
      "n.md:2:9: error: the front matter is not YAML: mapping values are not allowed in this context; quote a value that holds `: ` or ` #`, and indent with spaces"
    ),
    (
      "---\ntitle: x\n",
      "n.md:1:1: error: the front matter that `---` opens is not closed; put a line `---` behind it, or `***` here for a horizontal rule"
    ),
    ("---\nseed: -1\n---", "n.md:2:7: error: `seed` is a whole number from 0 on, not `-1`"),
    (
      "---\nparams:\n  n:\n---",
      "n.md:3:5: error: the parameter `n` has no default; give a number, `true`, `false` or text: its type follows from it"
    ),
    (
      "---\nimage: fig-scor\n---\n```swift\n//| label: fig-score\n```",
      "n.md:2:8: error: `image: fig-scor` names no figure that a cell draws; did you mean `fig-score`?"
    ),
    ("---\n- a\n---", "n.md:2:1: error: the front matter is no list of `key: value` lines"),
  ])
  func namesPlaceAndCure(_ text: String, _ complaint: String) {
    #expect(complaints(text).first == complaint)
  }

  @Test(arguments: [
    ("", "n.md: warning: the notebook is empty; `notebook new NAME` writes one to start from"),
    ("Only prose.", "n.md: warning: the notebook has no cells; a cell is a fence ```swift"),
    ("```{swift}\n```", "n.md:1:1: warning: ```{swift} is only shown; write ```swift to run it"),
    (
      "```swift\nlet a = 1\n//| echo: false\n```",
      "n.md:3:1: warning: an option below the code has no effect; move it to the top of the cell"
    ),
    (
      "```swift\n```\na $x b",
      "n.md:3:3: warning: this `$` opens no formula; close it with a `$` that no space precedes, or write `\\$` for a dollar"
    ),
    (
      "```swift\n```\na {#eq-x}",
      "n.md:3:3: warning: these attributes belong to nothing; they stand right behind `$$`, an image, or at the end of a heading"
    ),
  ])
  func doubtsAreWarnings(_ text: String, _ complaint: String) throws {
    #expect(try notebook(text).warnings.map(\.description).contains(complaint))
  }

  @Test func allErrorsAreToldInOrder() {
    let text = "---\nfoo: 1\n---\n@eq-b\n\n```swift\n//| bar: 1\n```\n$$ a $$ {#x}\n"
    let lines = complaints(text).map { $0.split(separator: ":")[1] }
    #expect(lines == ["2", "4", "7", "9"])
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xFF], "n.md:2:2: error: the byte 0xFF is not UTF-8 text; save the file as UTF-8"),
      ([0xC0, 0x80], "n.md:1:1: error: the byte 0xC0 is not UTF-8 text; save the file as UTF-8"),
      ([0xED, 0xA0, 0x80], "n.md:1:1: error: the byte 0xED is not UTF-8 text; save the file as UTF-8"),
      ([0xFF, 0xFE, 0x61, 0x00], "n.md:1:1: error: this is UTF-16, not UTF-8; save the file as UTF-8"),
      ([0x61, 0x00], "n.md:1:2: error: a NUL byte: this is not text; save the file as UTF-8"),
      ([0xE2, 0x82], "n.md:1:1: error: the byte 0xE2 is not UTF-8 text; save the file as UTF-8"),
    ] as [([UInt8], String)])
  func bytesThatAreNotText(_ bytes: [UInt8], _ complaint: String) {
    #expect { try Notebook.parse(bytes: bytes, path: "n.md") } throws: { error in
      (error as? NotebookErrors)?.diagnostics.map(\.description) == [complaint]
    }
  }

  @Test func filesThatCannotBeRead() {
    for (path, message) in [("/nowhere/x.md", "there is no such file"), ("/", "this is a folder")] {
      #expect { try Notebook.read(path: path) } throws: { error in
        (error as? NotebookErrors)?.diagnostics.first?.message == message
      }
    }
  }
}

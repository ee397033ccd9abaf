using System.Text.RegularExpressions;
using Peerstore.Cli.Output;
using Spectre.Console;

namespace Peerstore.Cli.Tests;

public sealed partial class TerminalTextTests
{
    [Theory]
    [InlineData("kubo/0.30.0/", "kubo/0.30.0/")]
    [InlineData("größe 节点 🚀", "größe 节点 🚀")]
    [InlineData("\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m")]
    [InlineData("\u001b]0;title\u0007", "\\u{1b}]0;title\\u{7}")]
    [InlineData("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}")]
    [InlineData("\u009b31m\u007f", "\\u{9b}31m\\u{7f}")]
    [InlineData("abc\u202edef\u2066", "abc\\u{202e}def\\u{2066}")]
    [InlineData("\u200b\ufeff\u2028\u2029", "\\u{200b}\\u{feff}\\u{2028}\\u{2029}")]
    [InlineData("\ue000", "\\u{e000}")]
    public void What_could_act_on_a_terminal_is_written_out(string text, string shown) =>
        Assert.Equal(shown, TerminalText.Clean(text));

    [Fact]
    public void Half_a_surrogate_pair_is_written_out() =>
        Assert.Equal("a\\u{d800}b", TerminalText.Clean("a" + (char)0xd800 + "b"));

    [Fact]
    public void A_long_text_is_cut() =>
        Assert.Equal("xxxxx…", TerminalText.Clean(new string('x', 100_000), 5));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_shows_hostile_texts_harmlessly(bool terminal)
    {
        const string Hostile = "[red]x[/] [bold\u001b[2J\u0007\nforged";
        var output = new StringWriter { NewLine = "\n" };
        IReport report = terminal ? TerminalReport(output) : new PlainReport(output);

        report.Line(Hostile);
        report.Pairs([("agent", Hostile)]);
        report.Table(new TextTable("Agents", ["agent"], [[Hostile]]));

        var shown = output.ToString();
        Assert.DoesNotContain('\u0007', shown);
        Assert.DoesNotContain("\u001b[2J", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\nforged", shown, StringComparison.Ordinal);
        Assert.Equal(3, shown.Split("[red]x[/] [bold\\u{1b}[2J\\u{7}\\u{a}forged").Length - 1);
    }

    [Fact]
    public void Text_that_goes_to_a_file_has_no_frames_and_no_colours()
    {
        var output = new StringWriter { NewLine = "\n" };

        new PlainReport(output).Table(new TextTable("Peers", ["peer", "n"], [["a", "1"], ["long", "22"]]));

        Assert.Equal("Peers\npeer  n\na     1\nlong  22\n", output.ToString());
    }

    [Fact]
    public void A_table_that_is_wider_than_the_terminal_has_no_frame_and_stays_whole()
    {
        var output = new StringWriter { NewLine = "\n" };
        string wide = new('a', 190);

        TerminalReport(output).Table(new TextTable("Peers", ["peer", "n"], [[wide, "12345678"]]));

        Assert.Equal($"Peers\npeer{new string(' ', 188)}n\n{wide}  12345678\n", output.ToString());
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(100, true)]
    [InlineData(200, true)]
    public void Only_the_last_column_is_broken_into_lines_where_that_is_allowed(int width, bool hasFrame)
    {
        const string Peer = "12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";
        var output = new StringWriter { NewLine = "\n" };
        var rows = new TextTable("Peers", ["peer", "addr", "prot", "agent"], [[Peer, "12", "34", "kubo/0.30.0 with some words to it"]]);

        TerminalReport(output, width).Table(rows with { LastWraps = true });

        var shown = Ansi().Replace(output.ToString(), "");
        Assert.Equal(hasFrame, shown.Contains('╭', StringComparison.Ordinal));
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.All((string[])[Peer, "addr", "prot", "agent", " 12 ", " 34 ", "kubo/0.30.0", "words"], text => Assert.Contains(text, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_for_a_terminal_has_a_frame()
    {
        var output = new StringWriter { NewLine = "\n" };

        TerminalReport(output).Table(new TextTable("Peers", ["peer"], [["a"]]));

        Assert.Contains('╭', output.ToString());
    }

    private static TerminalReport TerminalReport(TextWriter output, int width = 200)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return new TerminalReport(console);
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.None, 1000)]
    private static partial Regex Ansi();
}

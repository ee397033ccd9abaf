using System.Globalization;
using System.Net;
using System.Text;

namespace Peerstore.Scorecard.Plots;

/// <summary>A chart of lines as SVG: a logarithmic axis to the right, a linear one from 0 upwards.</summary>
/// <param name="titles">What is shown.</param>
/// <param name="series">The lines; at least one point in all.</param>
internal sealed class LineChart(PlotTitles titles, IReadOnlyList<PlotSeries> series)
{
    private const double Width = 720;
    private const double Height = 400;
    private const double Left = 80;
    private const double Right = 180;
    private const double Top = 44;
    private const double Bottom = 52;
    private const int Steps = 5;
    private static readonly string[] Colours = ["#1b6ca8", "#c8553d", "#5b8c5a", "#7a5195", "#8a8a8a"];
    private readonly double[] _places =
        [.. series.SelectMany(static line => line.Points).Select(static point => point.X).Distinct().Order()];

    private readonly double _top = NiceTop(series.SelectMany(static line => line.Points).Max(static point => point.Y));

    /// <summary>Draws it.</summary>
    public string Draw()
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">
            <rect width="{Width}" height="{Height}" fill="white"/>

            """);
        Text(svg, new(Left, 24), "start", titles.Title, "font-size=\"15\" font-weight=\"bold\"");
        Text(svg, new((Left + Width - Right) / 2, Height - 12), "middle", titles.X);
        Text(svg, new(Left, Top - 6), "end", titles.Y);
        DrawAxes(svg);
        for (var i = 0; i < series.Count; i++)
        {
            DrawLine(svg, series[i], Colours[i % Colours.Length]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>The next number above that has one digit that is not 0, or one and a half.</summary>
    /// <param name="highest">What has to fit.</param>
    internal static double NiceTop(double highest)
    {
        if (highest <= 0)
        {
            return 1;
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        double[] candidates = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
        return unit * candidates.First(candidate => candidate * unit >= highest * (1 - 1e-9));
    }

    private void DrawAxes(StringBuilder svg)
    {
        for (var step = 0; step <= Steps; step++)
        {
            var value = _top * step / Steps;
            Line(svg, new(Left, Y(value)), new(Width - Right, Y(value)), step == 0 ? "#333" : "#ddd");
            Text(svg, new(Left - 6, Y(value) + 4), "end", Number(value));
        }

        foreach (var place in _places)
        {
            Line(svg, new(X(place), Height - Bottom), new(X(place), Height - Bottom + 4), "#333");
            Text(svg, new(X(place), Height - Bottom + 18), "middle", Number(place));
        }
    }

    private void DrawLine(StringBuilder svg, PlotSeries line, string colour)
    {
        if (line.Points.Count == 0)
        {
            return;
        }

        var points = string.Join(' ', line.Points.Select(point => Format($"{X(point.X):0.#},{Y(point.Y):0.#}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
        foreach (var point in line.Points)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(point.X):0.#}\" cy=\"{Y(point.Y):0.#}\" r=\"3\" fill=\"{colour}\"/>\n");
        }

        var last = line.Points[^1];
        Text(svg, new(X(last.X) + 8, Y(last.Y) + 4), "start", line.Name, Format($"fill=\"{colour}\""));
    }

    private double X(double value)
    {
        var (least, most) = (Math.Log(_places[0]), Math.Log(_places[^1]));
        var share = most > least ? (Math.Log(value) - least) / (most - least) : 0.5;
        return Left + (share * (Width - Left - Right));
    }

    private double Y(double value) => Height - Bottom - (value / _top * (Height - Top - Bottom));

    private static string Number(double value) => value switch
    {
        >= 1_000_000 => Format($"{value / 1_000_000:0.##}M"),
        >= 1_000 => Format($"{value / 1_000:0.##}k"),
        _ => Format($"{value:0.##}"),
    };

    private static void Line(StringBuilder svg, PlotPoint from, PlotPoint to, string colour) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<line x1=\"{from.X:0.#}\" y1=\"{from.Y:0.#}\" x2=\"{to.X:0.#}\" y2=\"{to.Y:0.#}\" stroke=\"{colour}\"/>\n");

    private static void Text(StringBuilder svg, PlotPoint at, string anchor, string text, string more = "fill=\"#333\"") =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{at.X:0.#}\" y=\"{at.Y:0.#}\" text-anchor=\"{anchor}\" {more}>{WebUtility.HtmlEncode(text)}</text>\n");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

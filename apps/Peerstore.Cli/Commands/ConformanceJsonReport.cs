using System.Text;
using System.Text.Json;
using Libp2p.Peerstore.Testing;

namespace Peerstore.Cli.Commands;

/// <summary>Everything in one JSON object on one line, at the end.</summary>
internal sealed class ConformanceJsonReport(TextWriter output) : IConformanceReport
{
    /// <inheritdoc/>
    public void Add(ConformanceReport report)
    {
        // The sum at the end has it all.
    }

    /// <inheritdoc/>
    public void End(ConformanceReport all)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("passed", all.Passed);
            json.WriteNumber("failed", all.Failed);
            json.WriteNumber("skipped", all.Skipped);
            WriteMismatches(json, all.Mismatches);
            WriteRules(json, "skips", all.Skips);
            WriteRules(json, "differences", all.Differences);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void WriteMismatches(Utf8JsonWriter json, IReadOnlyList<ConformanceMismatch> mismatches)
    {
        json.WriteStartArray("mismatches");
        foreach (var mismatch in mismatches)
        {
            json.WriteStartObject();
            json.WriteString("document", mismatch.Document);
            json.WriteNumber("step", mismatch.Step);
            json.WriteString("operation", mismatch.Operation);
            json.WriteString("wanted", mismatch.Wanted);
            json.WriteString("got", mismatch.Got);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json, string name, IReadOnlyList<ConformanceRuleCount> rules)
    {
        json.WriteStartArray(name);
        foreach (var (rule, count) in rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Id);
            json.WriteString("reason", rule.Reason);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

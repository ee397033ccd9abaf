namespace Libp2p.Peerstore.Testing;

/// <summary>The check of one item: it passes when all its forms are as wanted, and fails at the first that is not.</summary>
internal sealed class ItemCheck
{
    private string? _wanted;
    private string? _got;
    private ConformanceRule? _skip;

    /// <summary>Whether everything so far was as wanted.</summary>
    public bool IsGood => _wanted is null;

    public void Equal(string form, string wanted, string got)
    {
        if (_wanted is null && !string.Equals(wanted, got, StringComparison.Ordinal))
        {
            (_wanted, _got) = ($"{form} {wanted}", got);
        }
    }

    public void Equal(string form, ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> got) =>
        Equal(form, Answer.Of(wanted), Answer.Of(got));

    public void Equal(string form, bool wanted, bool got) => Equal(form, Answer.Of(wanted), Answer.Of(got));

    /// <summary>
    /// Says whether something is taken. Where go takes what a rule refuses here, the refusal is what is wanted, and the
    /// item is skipped.
    /// </summary>
    public bool Taken(string form, bool wanted, bool got, ConformanceRule? refusal = null)
    {
        if (wanted && refusal is not null)
        {
            Equal($"{form} (rule {refusal.Id})", Answer.Refused, got ? Answer.Accepted : Answer.Refused);
            if (IsGood)
            {
                _skip = refusal;
            }

            return false;
        }

        Equal(form, wanted ? Answer.Accepted : Answer.Refused, got ? Answer.Accepted : Answer.Refused);
        return wanted && got;
    }

    public void Report(CheckLog log, int index, string list)
    {
        if (_wanted is not null)
        {
            log.Fail(index, list, _wanted, _got!);
        }
        else if (_skip is not null)
        {
            log.Skip(_skip);
        }
        else
        {
            log.Pass();
        }
    }
}

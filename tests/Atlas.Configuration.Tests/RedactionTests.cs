using Atlas.Configuration.Tests.Support;
using Atlas.Learning.Redaction;

namespace Atlas.Configuration.Tests;

public sealed class RedactionTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Fact]
    public void Kinds_and_mode_are_read()
    {
        var learning = _place.Load("learning:\n  redaction: off\n  redaction_except: [phone]\n").Learning;

        Assert.Equal(RedactionMode.Off, learning.Redaction);
        Assert.Equal(["phone"], learning.RedactionExcept);
    }

    [Fact]
    public void A_kind_that_nothing_recognises_is_refused_with_those_that_are()
    {
        var error = _place.TheError("learning:\n  redaction: digest\n  redaction_except: [phone, telephone]\n");

        Assert.Contains("learning.redaction_except names \"telephone\"", error, StringComparison.Ordinal);
        Assert.Contains("card_number", error, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();
}

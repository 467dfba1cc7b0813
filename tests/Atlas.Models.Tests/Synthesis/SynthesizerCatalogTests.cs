using System.ComponentModel.DataAnnotations;
using Atlas.Models.Synthesis;
using Xunit;

namespace Atlas.Models.Tests.Synthesis;

public sealed class SynthesizerCatalogTests
{
    [Fact]
    public void Without_a_choice_it_is_the_offline_synthesizer() =>
        Assert.Equal("offline", SynthesizerCatalog.Default.Create(new()).Name);

    [Fact]
    public void An_unknown_provider_is_refused_with_those_there_are()
    {
        var catalog = SynthesizerCatalog.Default.With("house", _ => throw new InvalidOperationException());

        var refused = Assert.Throws<ValidationException>(() => catalog.Create(new() { Provider = "oracle" }));

        Assert.Equal("There is no synthesizer provider 'oracle'. Use one of: house, offline.", refused.Message);
    }

    [Fact]
    public void A_value_out_of_its_range_is_refused_by_name()
    {
        var refused = Assert.Throws<ValidationException>(() => SynthesizerCatalog.Default.Create(new() { MinimumSessions = 3 }));

        Assert.Contains("MinimumSessions", refused.Message, StringComparison.Ordinal);
        Assert.Contains("between 4 and 200", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_that_was_added_is_made_with_the_options()
    {
        SynthesizerOptions? seen = null;
        var catalog = SynthesizerCatalog.Default.With("house", options =>
        {
            seen = options;
            return SynthesizerCatalog.Default.Create(new());
        });

        catalog.Create(new() { Provider = "House", MinimumSessions = 20 });

        Assert.Equal(20, seen!.MinimumSessions);
        Assert.Equal(["offline"], SynthesizerCatalog.Default.Providers);
    }
}

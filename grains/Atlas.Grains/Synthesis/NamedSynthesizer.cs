using System.Collections.Immutable;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.Synthesis;

/// <summary>A synthesizer that an experiment can name.</summary>
/// <param name="Name">The name, in any case.</param>
/// <param name="Synthesizer">The synthesizer.</param>
public sealed record NamedSynthesizer(string Name, ISynthesizer Synthesizer);

/// <summary>The synthesizers that an experiment can name: <c>offline</c>, and those that the application has added.</summary>
internal sealed class NamedSynthesizers
{
    private readonly ImmutableSortedDictionary<string, ISynthesizer> _all;

    public NamedSynthesizers(IEnumerable<NamedSynthesizer> added, SynthesizerOptions options, IEnumerable<IPlaybookGuard> guards)
    {
        ImmutableArray<IPlaybookGuard> watching = [.. guards];
        _all = added.Prepend(new NamedSynthesizer(SynthesizerOptions.OfflineProvider, SynthesizerCatalog.Default.Create(options with { Provider = SynthesizerOptions.OfflineProvider })))
            .Aggregate(
                ImmutableSortedDictionary.Create<string, ISynthesizer>(StringComparer.OrdinalIgnoreCase),
                (all, next) => all.SetItem(next.Name, GuardedSynthesizer.Of(next.Synthesizer, watching)));
    }

    /// <summary>Gets the names, in order.</summary>
    public IEnumerable<string> Names => _all.Keys;

    /// <summary>Returns the synthesizer of a name; null if there is none.</summary>
    public ISynthesizer? Find(string name) => _all.GetValueOrDefault(name.Trim());
}

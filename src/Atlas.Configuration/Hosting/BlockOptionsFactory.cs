using Atlas.Configuration.Checking;
using Microsoft.Extensions.Options;

namespace Atlas.Configuration.Hosting;

/// <summary>Gives out a block of the configuration as options. Blocks are immutable, so nothing configures them further.</summary>
internal sealed class BlockOptionsFactory<TOptions>(ConfigurationCheck check, Func<AtlasConfiguration, TOptions> block) : IOptionsFactory<TOptions>
    where TOptions : class
{
    public TOptions Create(string name) => check.Configuration is { } configuration
        ? block(configuration)
        : throw new OptionsValidationException(name, typeof(TOptions), check.Errors.Select(error => error.Sentence));
}

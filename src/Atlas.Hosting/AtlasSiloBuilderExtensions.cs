using Atlas.Hosting;
using Atlas.Import;
using Atlas.Learning.Redaction;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Runtime.Importing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts parts of one's own into a silo.</summary>
public static class AtlasSiloBuilderExtensions
{
    /// <summary>Judges every session that succeeds without a reward with a judge of one's own, whatever the configuration says.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Makes the judge, once per silo.</param>
    public static AtlasSiloBuilder UseJudge(this AtlasSiloBuilder silo, Func<IServiceProvider, IJudge> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.Replace(ServiceDescriptor.Singleton(create));
        return silo;
    }

    /// <summary>Offers a judge under a name, which <c>adaptive_teaching.reward</c> then chooses with <c>type: python</c> and
    /// <c>import_path: NAME</c>.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The name; not blank.</param>
    /// <param name="create">Makes the judge, once per silo.</param>
    public static AtlasSiloBuilder AddJudge(this AtlasSiloBuilder silo, string name, Func<IServiceProvider, IJudge> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddKeyedSingleton(name, (provider, _) => create(provider));
        return silo;
    }

    /// <summary>Makes playbooks with a synthesizer of one's own, whatever the configuration says.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Makes the synthesizer, once per silo. It is asked for several keys at once.</param>
    public static AtlasSiloBuilder UseSynthesizer(this AtlasSiloBuilder silo, Func<IServiceProvider, ISynthesizer> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.Replace(ServiceDescriptor.Singleton(create));
        return silo;
    }

    /// <summary>Shows every proposal of the synthesizer to a guard, which may keep it from being learned. Several are asked in the
    /// order in which they were added.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Makes the guard, once per silo. It is asked about several keys at once.</param>
    public static AtlasSiloBuilder AddGuard(this AtlasSiloBuilder silo, Func<IServiceProvider, IPlaybookGuard> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddSingleton(create);
        return silo;
    }

    /// <summary>Looks for secrets and personal data of one's own in everything that sessions say, before <c>learning.redaction</c> has it
    /// stored. It is asked before the recognisers that Atlas brings.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Makes the redactor, once per silo. It is called by several threads at once.</param>
    public static AtlasSiloBuilder AddRedactor(this AtlasSiloBuilder silo, Func<IServiceProvider, IRedactor> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddSingleton(create);
        return silo;
    }

    /// <summary>Lets recorded runs of one more form be imported; see <see cref="RunImports"/>, which has those of the product, too.</summary>
    /// <remarks>An import is a client of the cluster: the application needs <c>AddAtlasClient</c>.</remarks>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Makes the reader, once per silo.</param>
    public static AtlasSiloBuilder AddImporter(this AtlasSiloBuilder silo, Func<IServiceProvider, IRunFormat> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddSingleton(create);
        silo.Services.TryAddSingleton<RunImports>();
        return silo;
    }
}

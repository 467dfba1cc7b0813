using Atlas.Grains.Meaning;
using Atlas.Grains.Synthesis;
using Atlas.Hosting;
using Atlas.Hosting.Models;
using Atlas.Import;
using Atlas.Learning.Options;
using Atlas.Learning.Redaction;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Runtime.Importing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds custom judges, synthesizers and other components to a silo.</summary>
public static class AtlasSiloBuilderExtensions
{
    /// <summary>Uses a custom judge for every session that succeeds without a reward, whatever the configuration says.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Creates the judge, once per silo.</param>
    public static AtlasSiloBuilder UseJudge(this AtlasSiloBuilder silo, Func<IServiceProvider, IJudge> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.Replace(ServiceDescriptor.Singleton(create));
        return silo;
    }

    /// <summary>Uses a custom judge that calls a model.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="model">The model. Its calls are paid from the budgets of the owners of the judged sessions; see <see cref="SiloModels"/>.</param>
    /// <param name="create">Creates the judge, once per silo, with a client of the model.</param>
    public static AtlasSiloBuilder UseJudge(this AtlasSiloBuilder silo, LlmParameters model, Func<IServiceProvider, IChatClient, IJudge> create)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(create);
        return silo.UseJudge(services => create(services, services.GetRequiredService<SiloModels>().Create(model)));
    }

    /// <summary>Registers a judge under a name, which you select in <c>adaptive_teaching.reward</c> with <c>type: python</c> and
    /// <c>import_path: NAME</c>.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The name; not blank.</param>
    /// <param name="create">Creates the judge, once per silo.</param>
    public static AtlasSiloBuilder AddJudge(this AtlasSiloBuilder silo, string name, Func<IServiceProvider, IJudge> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddKeyedSingleton(name, (provider, _) => create(provider));
        return silo;
    }

    /// <summary>Uses a custom synthesizer, whatever the configuration says.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Creates the synthesizer, once per silo. It is called for several keys concurrently.</param>
    public static AtlasSiloBuilder UseSynthesizer(this AtlasSiloBuilder silo, Func<IServiceProvider, ISynthesizer> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.Replace(ServiceDescriptor.Singleton(create));
        return silo;
    }

    /// <summary>Uses a custom embedding model to find entries that say the same in other words, whatever <c>learning.meaning.model</c> says.
    /// The cosine from which two texts mean the same comes from the model, as <see cref="Atlas.Models.Embeddings.SimilarityBound"/>, or from
    /// <c>learning.meaning.same</c>.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Creates the model, once per silo. It is called for several keys concurrently; if it fails, entries are compared
    /// by their words.</param>
    public static AtlasSiloBuilder UseEmbeddings(this AtlasSiloBuilder silo, Func<IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.Replace(ServiceDescriptor.Singleton(provider => new EntryEmbedder(create(provider))));
        return silo;
    }

    /// <summary>Uses a custom synthesizer that calls a model.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="model">The model. Its calls are paid from the budgets of the owners of the sessions that led to the synthesis; see
    /// <see cref="SiloModels"/>.</param>
    /// <param name="create">Creates the synthesizer, once per silo, with a client of the model.</param>
    public static AtlasSiloBuilder UseSynthesizer(this AtlasSiloBuilder silo, LlmParameters model, Func<IServiceProvider, IChatClient, ISynthesizer> create)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(create);
        return silo.UseSynthesizer(services => create(services, services.GetRequiredService<SiloModels>().Create(model)));
    }

    /// <summary>Registers a synthesizer under a name, so that an experiment can compare it with the silo's own:
    /// <c>atlas experiment start KEY --configuration arm.yaml</c> with <c>synthesizer: NAME</c>. It makes no playbook otherwise.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The name; not blank.</param>
    /// <param name="create">Creates the synthesizer, once per silo. It is called for several keys concurrently.</param>
    public static AtlasSiloBuilder AddSynthesizer(this AtlasSiloBuilder silo, string name, Func<IServiceProvider, ISynthesizer> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddSingleton(services => new NamedSynthesizer(name.Trim(), create(services)));
        return silo;
    }

    /// <summary>Registers a synthesizer that calls a model under a name; see
    /// <see cref="AddSynthesizer(AtlasSiloBuilder, string, Func{IServiceProvider, ISynthesizer})"/>.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The name; not blank.</param>
    /// <param name="model">The model. Its calls are paid as those of <c>UseSynthesizer</c>.</param>
    /// <param name="create">Creates the synthesizer, once per silo, with a client of the model.</param>
    public static AtlasSiloBuilder AddSynthesizer(this AtlasSiloBuilder silo, string name, LlmParameters model, Func<IServiceProvider, IChatClient, ISynthesizer> create)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(create);
        return silo.AddSynthesizer(name, services => create(services, services.GetRequiredService<SiloModels>().Create(model)));
    }

    /// <summary>Adds a guard that sees every proposal of the synthesizer and can keep it from being learned. Several guards are asked in the
    /// order in which they were added.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Creates the guard, once per silo. It is called for several keys concurrently.</param>
    public static AtlasSiloBuilder AddGuard(this AtlasSiloBuilder silo, Func<IServiceProvider, IPlaybookGuard> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddSingleton(create);
        return silo;
    }

    /// <summary>Adds a redactor that finds secrets and personal data in everything a session records, before <c>learning.redaction</c> lets
    /// it be stored. It runs before the built-in recognizers.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Creates the redactor, once per silo. It is called by several threads concurrently.</param>
    public static AtlasSiloBuilder AddRedactor(this AtlasSiloBuilder silo, Func<IServiceProvider, IRedactor> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddSingleton(create);
        return silo;
    }

    /// <summary>Adds a format of recorded runs that can be imported; see <see cref="RunImports"/>, which also has the built-in formats.</summary>
    /// <remarks>An import is a client of the cluster, so the application needs <c>AddAtlasClient</c>.</remarks>
    /// <param name="silo">The silo.</param>
    /// <param name="create">Creates the reader, once per silo.</param>
    public static AtlasSiloBuilder AddImporter(this AtlasSiloBuilder silo, Func<IServiceProvider, IRunFormat> create)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(create);
        silo.Services.AddSingleton(create);
        silo.Services.TryAddSingleton<RunImports>();
        return silo;
    }
}

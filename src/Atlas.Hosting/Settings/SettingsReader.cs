using System.ComponentModel.DataAnnotations;
using System.Net;
using Atlas.Configuration;

namespace Atlas.Hosting.Settings;

/// <summary>Reads the settings that are needed before a host exists to validate them.</summary>
internal static class SettingsReader
{
    public static T Read<T>(IConfiguration configuration, string section, Action<T>? configure = null)
        where T : class, new()
    {
        var settings = new T();
        try
        {
            configuration.GetSection(section).Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException wrong)
        {
            throw new AtlasSettingsException($"The section {section} cannot be read: {wrong.InnerException?.Message ?? wrong.Message}");
        }

        configure?.Invoke(settings);
        Demand(settings);
        return settings;
    }

    /// <exception cref="AtlasSettingsException">A value is out of range; the message names all errors.</exception>
    public static void Demand(object settings)
    {
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), faults, validateAllProperties: true))
        {
            throw new AtlasSettingsException(string.Join(Environment.NewLine, faults.Select(fault => fault.ErrorMessage)));
        }
    }

    public static IPAddress ReadAddress(string text, string key) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new AtlasSettingsException($"{key} is '{text}', which is not an IP address. Set an address such as 127.0.0.1 or 10.0.0.4.");

    /// <summary>Reads the database from <c>ATLAS_DATABASE_URL</c>, else from <c>storage.database_url</c> of the configuration.</summary>
    public static string ReadDatabaseUrl(IConfiguration configuration, AtlasConfiguration rules) =>
        FirstText(configuration["ATLAS_DATABASE_URL"], rules.Storage?.DatabaseUrl)
        ?? throw new AtlasSettingsException(
            "No database is configured. Set ATLAS_DATABASE_URL, for example postgresql://atlas:secret@127.0.0.1:5432/atlas, "
            + "or start a private database with `atlas up`.");

    private static string? FirstText(params string?[] texts) => texts.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
}

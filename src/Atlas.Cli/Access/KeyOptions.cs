using System.CommandLine;
using System.Text.RegularExpressions;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Access;

/// <summary>Arguments that the API key commands share.</summary>
internal static partial class KeyOptions
{
    public static readonly string[] AllScopes = ["read", "record", "review", "govern", "admin"];

    public static Argument<string> Name(string description) => new("NAME")
    {
        Description = description,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count == 1 && !NameForm().IsMatch(result.Tokens[0].Value))
                {
                    result.AddError($"'{result.Tokens[0].Value}' is not a valid name for an API key. Use 1 to 64 letters, digits, '.', '_' and '-'.");
                }
            },
        },
    };

    public static Option<string?> Tenant()
    {
        var option = CommonOptions.Text("--tenant", "NAME", "The tenant of the key. Default: the unnamed tenant.", "the name of a tenant");
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !TenantForm().IsMatch(result.Tokens[0].Value))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a valid name for a tenant. Use 1 to 64 lower-case letters, digits and '-'.");
            }
        });
        return option;
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex NameForm();

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex TenantForm();
}

using Atlas.Contracts.Access;

namespace Atlas.Identity;

/// <summary>The roles that a credential can have.</summary>
public static class AtlasRole
{
    /// <summary>Runs sessions and reads playbooks, which is what an application needs.</summary>
    public const string Runtime = "runtime";

    /// <summary>Also decides which sessions can teach.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Also changes playbooks.</summary>
    public const string Operator = "operator";

    /// <summary>Has all permissions, under its own name.</summary>
    public const string Admin = "admin";

    /// <summary>Has the secret itself, so it can also name others as authors: the command line of a workspace.</summary>
    public const string Owner = "owner";

    /// <summary>A silo.</summary>
    public const string Silo = "silo";

    private const AtlasPermissions RuntimeMay = AtlasPermissions.Read | AtlasPermissions.Record;
    private const AtlasPermissions ReviewerMay = RuntimeMay | AtlasPermissions.Review;
    private const AtlasPermissions OperatorMay = ReviewerMay | AtlasPermissions.Govern;
    private const AtlasPermissions AdminMay = OperatorMay | AtlasPermissions.Admin;
    private const AtlasPermissions OwnerMay = AdminMay | AtlasPermissions.SpeakForOthers;
    private const char Door = '#';

    /// <summary>The roles for which credentials can be created.</summary>
    public static IReadOnlyList<string> Given { get; } = [Runtime, Reviewer, Operator, Admin];

    /// <summary>Returns the permissions of a role; null if the role does not exist.</summary>
    public static AtlasPermissions? Of(string role) => role switch
    {
        Runtime => RuntimeMay,
        Reviewer => ReviewerMay,
        Operator => OperatorMay,
        Admin => AdminMay,
        Owner => OwnerMay,
        Silo => OwnerMay | AtlasPermissions.Internal,
        [Door, .. var number] when int.TryParse(number, out var flags) => (AtlasPermissions)flags & ~AtlasPermissions.Internal,
        _ => null,
    };

    /// <summary>Returns the role of a caller that a silo authenticated in another way, with exactly these permissions.</summary>
    internal static string Through(AtlasPermissions may) => FormattableString.Invariant($"{Door}{(int)may}");

    /// <summary>Whether a client's connection can have this role.</summary>
    internal static bool IsClients(string role) => role is not Silo && !role.StartsWith(Door) && Of(role) is not null;
}

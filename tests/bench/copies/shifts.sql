-- How a value of one customer becomes that of his k-th copy: another party, as valid or as dirty as the first.
-- k = 0 is the customer himself. `{staff_phones}` and `{provinces}` are arrays that the caller writes in.

create schema copies;

-- Numbers that banks give: account, customer, file. The copy's letter keeps them apart.
create function copies.number(s text, k int) returns text immutable parallel safe language sql as
$$ select case when k = 0 then s else s || chr(64 + k) end $$;

-- The key of a source record; that of a member of a household has two parts.
create function copies.record_key(s text, k int) returns text immutable parallel safe language sql as
$$ select case when k = 0 then s when strpos(s, '/') > 0
               then copies.number(split_part(s, '/', 1), k) || '/' || split_part(s, '/', 2)
               else copies.number(s, k) end $$;

create function copies.plain(s text) returns text immutable parallel safe language sql as
$$ select upper(regexp_replace(normalize(s, NFKC), '[[:space:]().·—_-]', '', 'g')) $$;

-- A character before the name; but four characters with one more would be read as a firm's.
create function copies.name(s text, k int) returns text immutable parallel safe language sql as
$$ select case when k = 0 or length(s) between 4 and 7 and length(copies.plain(s)) = 4 then s
               else substr('安宝昌达恩丰光和嘉康乐明宁平庆荣盛泰伟兴雅益永裕元泽', k, 1) || s end $$;

-- 居民身份证: another province. The check character follows by its weights 7 and 9, so a wrong one stays wrong.
create function copies.citizen(s text, k int) returns text immutable parallel safe language plpgsql as $$
declare
    provinces constant text[] := {provinces};
    checks constant text := '10X98765432';
    p text := s; place int; fresh text; moved int;
begin
    if s is null or k = 0 then return s; end if;
    if p !~ '^[0-9]{17}[0-9X]$' then p := copies.plain(s); end if;
    place := array_position(provinces, left(p, 2));
    if place is null or p !~ '^([0-9]{15}|[0-9]{17}[0-9X])$'
       or p in ('11010519491231002X', '440524188001010014', '110101190001010000') then return s; end if;
    fresh := provinces[(place - 1 + k) % cardinality(provinces) + 1];
    if length(p) = 15 then return fresh || substr(p, 3); end if;
    moved := 7 * (ascii(fresh) - ascii(p)) + 9 * (ascii(substr(fresh, 2)) - ascii(substr(p, 2)));
    return fresh || substr(p, 3, 15)
        || substr(checks, ((strpos(checks, substr(p, 18)) - 1 + moved) % 11 + 11) % 11 + 1, 1);
end $$;

create function copies.turned(c text, k int) returns text immutable parallel safe language sql as
$$ select case strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', c) when 0 then c
          else substr('0123456789ABCDEFGHJKLMNPQRTUWXY',
                      (strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', c) - 1 + k) % 31 + 1, 1) end $$;

create function copies.value(c text) returns int immutable parallel safe language sql as
$$ select strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', c) - 1 $$;

-- 组织机构代码: another first character. Its check follows by the weight 3 in eleven, so a wrong one stays wrong.
create function copies.organisation_code(s text, k int) returns text immutable parallel safe language plpgsql as $$
declare
    digits constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    checks constant text := '0123456789X';
    p text := copies.plain(s); fresh text; moved int;
begin
    if s is null or k = 0 or length(p) <> 9 then return s; end if;
    fresh := copies.turned(left(p, 1), k);
    moved := 3 * (strpos(digits, fresh) - strpos(digits, left(p, 1)));
    if strpos(checks, right(p, 1)) = 0 then return fresh || substr(p, 2); end if;
    return fresh || substr(p, 2, 7)
        || substr(checks, ((strpos(checks, right(p, 1)) - 1 - moved) % 11 + 11) % 11 + 1, 1);
end $$;

-- 统一社会信用代码: the organisation's own code inside it, and its check by the weights 20 and 28 in thirty-one.
create function copies.credit_code(s text, k int) returns text immutable parallel safe language plpgsql as $$
declare
    alphabet constant text := '0123456789ABCDEFGHJKLMNPQRTUWXY';
    p text := s; fresh text; moved int;
begin
    if s is null or k = 0 then return s; end if;
    if p !~ '^[0-9A-Z]{18}$' then
        p := copies.plain(s);
        if length(p) <> 18 then return s; end if;
    end if;
    fresh := copies.organisation_code(substr(p, 9, 9), k);
    moved := 20 * (copies.value(left(fresh, 1)) - copies.value(substr(p, 9, 1)))
           + 28 * (copies.value(right(fresh, 1)) - copies.value(substr(p, 17, 1)));
    return left(p, 8) || fresh || substr(alphabet, ((copies.value(right(p, 1)) - moved) % 31 + 31) % 31 + 1, 1);
end $$;

-- Any document may carry a personal number.
create function copies.certificate(s text, type text, k int) returns text immutable parallel safe language sql as
$$ select case when type = '20' then copies.credit_code(s, k) when type = '21' then copies.organisation_code(s, k)
               when coalesce(type, '') in ('', '10', '11', 'DOUBTED') or copies.citizen(s, k) <> s
               then copies.citizen(s, k)
               else copies.number(s, k) end $$;

-- Mobiles change their second and third digit, landlines the first two of the subscriber's; staff keep theirs.
create function copies.phone(s text, k int) returns text immutable parallel safe language plpgsql as $$
declare p text := s; area int;
begin
    if s is null or k = 0 then return s; end if;
    if p !~ '^1[3-9][0-9]{9}$' then
        p := regexp_replace(copies.plain(s), '^(\+86|0086|86)(?=[0-9]{10})', '');
    end if;
    if p = any({staff_phones}) then return s; end if;
    if p ~ '^1[3-9][0-9]{9}$' then
        return '1' || lpad((30 + (substr(p, 2, 2)::int - 30 + 2 * k) % 70)::text, 2, '0') || substr(p, 4);
    elsif p ~ '^0[0-9]{2,3}[2-9][0-9]{6,7}$' then
        area := case when p ~ '^0[12]' then 3 else 4 end;
        return left(p, area) || (20 + (substr(p, area + 1, 2)::int - 20 + 2 * k) % 80)::text || substr(p, area + 3);
    end if;
    return s;
end $$;
